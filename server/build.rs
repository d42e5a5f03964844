//! The server embeds the site; new file names in it must be noticed.

fn main() {
    println!("cargo::rerun-if-changed=../site");
}
