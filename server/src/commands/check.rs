use app::db::{Db, MIGRATIONS};

use crate::config::Config;

/// Says what is configured and whether the database can be served.
pub(super) async fn run(config: &Config) -> Result<(), String> {
    println!("configuration: ok");
    println!("  address     {}", config.address);
    println!(
        "  public_url  {}{}",
        config.public_url,
        if config.public_url.starts_with("https://") {
            ""
        } else {
            " (cookies without TLS)"
        }
    );
    for warning in config.warnings() {
        println!("  WARNING     {warning}");
    }
    if crate::serve::breached(config)?.is_some() {
        println!("  breached_passwords  ok");
    }
    println!("  files       {}", config.files.display());
    if super::is_missing(config) {
        println!("database: none yet at {}; serving makes it", config.database);
    } else {
        super::with_db_as_it_is(config, async |db| say_database(config, db).await).await?;
    }
    println!(
        "assets: {}",
        if crate::assets::manifest().css.is_empty() {
            "not built"
        } else {
            "ok"
        }
    );
    Ok(())
}

async fn say_database(config: &Config, db: &Db) -> Result<(), String> {
    db.ping().await.map_err(super::told)?;
    let pending = db.pending(MIGRATIONS).await.map_err(|error| error.to_string())?;
    println!("database: ok ({})", config.database);
    for name in pending {
        println!("  serving would apply {name}");
    }
    Ok(())
}
