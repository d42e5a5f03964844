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
    println!("  files       {}", config.files.display());
    let db = Db::connect(&config.db()).await?;
    db.ping().await.map_err(super::told)?;
    let applied = db.migrate(MIGRATIONS).await.map_err(|error| error.to_string())?;
    println!("database: ok ({})", config.database);
    for name in applied {
        println!("  applied {name}");
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
