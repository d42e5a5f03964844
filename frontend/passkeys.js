// Passkeys: the browser's own dialogue, between two questions to the server.
// Forms that need it are shown only where there is such a dialogue; where the
// browser can, it offers passkeys in the field of the address as well.

const dialogue = window.PublicKeyCredential;
const able = dialogue?.parseCreationOptionsFromJSON && dialogue.parseRequestOptionsFromJSON;
if (able) document.documentElement.dataset.passkeys = '';

const FAILED = 'That did not work, and nothing was changed. Try again.';
let offering; // stops what is offered while one types

// The sentence of an error, as the server writes it.
function words(error) {
  const kind = Object.keys(error ?? {})[0];
  if (kind === 'Invalid') return Object.values(error.Invalid).join(' ');
  if (kind === 'Conflict') return error.Conflict;
  if (kind === 'TooMany') return 'That was tried too often. Wait some minutes and try again.';
  return FAILED;
}

async function ask(address, fields) {
  const answer = await fetch(address, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(words(said));
  return { said, next: answer.headers.get('location') };
}

async function through(form, more) {
  const fields = Object.fromEntries(new FormData(form));
  const { publicKey } = JSON.parse((await ask(form.action, fields)).said);
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: dialogue.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: dialogue.parseRequestOptionsFromJSON(publicKey), ...more });
  delete fields.password;
  delete fields.passcode;
  const { next } = await ask(form.dataset.finish, { ...fields, answer: JSON.stringify(credential) });
  location.assign(next ?? location.href);
}

document.addEventListener('submit', async event => {
  const form = event.target.closest('form[data-passkey]');
  if (!form) return;
  event.preventDefault();
  const [button, told] = [form.querySelector('button'), form.querySelector('[role="alert"]')];
  button.disabled = true;
  told.textContent = '';
  offering?.abort();
  try {
    await through(form);
  } catch (error) {
    // Closing the dialogue is no error of anybody's.
    told.textContent = error.name === 'NotAllowedError' ? 'No passkey was given.' : error.name === 'Error' ? error.message : FAILED;
    button.disabled = false;
  }
});

// Whoever would type their address is offered their passkey there. Nobody is
// told when that comes to nothing: they typed, or used the button.
const offered = new WeakSet(); // fields

async function offer(field) {
  const form = document.querySelector('form[data-passkey="get"]');
  if (!form || offered.has(field)) return;
  offered.add(field);
  if (!(await dialogue.isConditionalMediationAvailable?.())) return;
  offering?.abort();
  offering = new AbortController();
  await through(form, { mediation: 'conditional', signal: offering.signal }).catch(() => {});
}

if (able) {
  document.addEventListener('focusin', event => {
    if (event.target.matches('input[autocomplete~="webauthn"]')) offer(event.target);
  });
}
