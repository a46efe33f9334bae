//! The binary `send-hub`.

mod router;

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let address = std::env::var("SEND_HUB_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, router::router()).await
}
