// A provider of single sign-on for the tests: oidc-provider, whose only page
// asks who one is. The test that starts it says who may use it.
//   node provider.mjs PORT CLIENT SECRET REDIRECT_URI…
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, client, secret, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: redirects, grant_types: ['authorization_code'], response_types: ['code'] }],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['for tests alone'] },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name', 'zoneinfo'] },
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id[0].toUpperCase()}${id.slice(1)} Elsewhere`, email: `${id}@elsewhere.example`, email_verified: true, groups: ['staff'] }),
  }),
});
provider.on('server_error', (_, error) => console.error(error));

const page = `<!DOCTYPE html><html lang="en"><title>Who are you?</title><link rel="icon" href="data:,"><h1>Who are you?</h1>
<form method="post"><label>Name <input name="login" required></label> <button>Go on</button></form></html>`;

/** Whoever names themselves is believed, and agrees to what is asked. */
async function who(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login' && request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const accountId = session?.accountId ?? new URLSearchParams(body).get('login');
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result);
}

const rest = provider.callback();
createServer((request, response) => {
  const handled = request.url.startsWith('/who/') ? who(request, response) : rest(request, response);
  Promise.resolve(handled).catch(error => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
