use std::io::{IsTerminal, Read};

use app::db::Db;
use app::organisations::store::none;
use app::people::model::{Email, PersonName};
use app::people::passwords::{Hasher, NewPassword};
use app::people::store::{Created, NewPerson, create, credential};
use app::viewer::Role;
use clap::{Args, Subcommand};

use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make an account. The password is read from standard input.
    Add(Add),
    /// Switch off the second factor of someone who lost their phone and their
    /// recovery codes, remove their passkeys, and sign them out everywhere.
    SecondFactorOff {
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    /// The organisation's name in addresses.
    #[arg(long)]
    organisation: Option<String>,
    /// Roles in the organisation, such as learner, trainer, curator.
    #[arg(long = "role", requires = "organisation")]
    roles: Vec<String>,
    #[arg(long, default_value = "UTC")]
    timezone: String,
    /// May look after the whole installation.
    #[arg(long)]
    site_administrator: bool,
}

pub(super) async fn run(config: &Config, user: User) -> Result<(), String> {
    match user {
        User::Add(add) => self::add(config, add).await,
        User::SecondFactorOff { email } => second_factor_off(config, &email).await,
    }
}

async fn second_factor_off(config: &Config, email: &str) -> Result<(), String> {
    super::must_be_there(config)?;
    let address = Email::held(email)?;
    super::with_db(config, async |db| {
        let found = credential(db, &address).await.map_err(super::told)?;
        let (person, _) = found.ok_or_else(|| format!("there is no account for {email}"))?;
        let removed = app::people::second_factor::store::reset(db, &person).await;
        removed.map_err(super::told)?;
        println!("{email} signs in with the password alone, and is signed out everywhere");
        Ok(())
    })
    .await
}

async fn add(config: &Config, add: Add) -> Result<(), String> {
    let name = PersonName::parse(&add.name)?;
    let email = Email::parse(&add.email)?;
    if !app::time::is_zone(&add.timezone) {
        return Err(format!("{} is not a time zone", add.timezone));
    }
    let roles = add
        .roles
        .iter()
        .map(|role| Role::parse(role).ok_or_else(|| format!("{role} is not a role: use one of {}", all_roles())))
        .collect::<Result<Vec<_>, _>>()?;
    let hasher = Hasher::refusing(crate::serve::breached(config)?);
    if super::is_missing(config) {
        return Err(NOBODY.into());
    }
    super::with_db(config, async |db| {
        if none(db).await.map_err(super::told)? {
            return Err(NOBODY.into());
        }
        // Typed last: nobody types it for an account that cannot be made.
        let password = NewPassword::parse(&read_password()?, &[name.as_str(), email.as_str()])?;
        let hash = hasher.hash(password).await.map_err(super::told)?;
        make(db, add, (name, email, roles, hash)).await
    })
    .await
}

/// An account alone would close the set-up and leave nothing to belong to.
const NOBODY: &str = "there is no organisation here yet: start carrel serve and set it up at the address that it prints, \
                      or import a set, which makes one";

async fn make(
    db: &Db,
    add: Add,
    (name, email, roles, hash): (PersonName, Email, Vec<Role>, String),
) -> Result<(), String> {
    let membership = match &add.organisation {
        None => None,
        Some(slug) => {
            let id = app::organisations::store::by_slug(db, slug)
                .await
                .map_err(super::told)?;
            let id = id.ok_or_else(|| format!("there is no organisation {slug}"))?;
            Some((id, if roles.is_empty() { vec![Role::Learner] } else { roles }))
        }
    };
    let new = NewPerson {
        name,
        email,
        title: String::new(),
        timezone: add.timezone,
        hash,
    };
    match create(db, new, membership).await.map_err(super::told)? {
        Created::EmailTaken => Err(format!("there is an account for {}", add.email)),
        Created::New(person) => {
            if add.site_administrator {
                app::people::store::make_site_administrator(db, &person)
                    .await
                    .map_err(super::told)?;
            }
            println!("made an account for {}", add.email);
            Ok(())
        }
    }
}

fn all_roles() -> String {
    Role::ALL.map(Role::as_str).join(", ")
}

fn read_password() -> Result<String, String> {
    if std::io::stdin().is_terminal() {
        eprintln!("Type the password and press Enter:");
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let mut text = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
