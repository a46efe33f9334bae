//! Every route of the hub, by audience.

use axum::Router;
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};

pub(crate) fn router() -> Router {
    let options = LeptosOptions::builder().output_name("app").build();
    let pages = generate_route_list(app::App);
    Router::new()
        .leptos_routes(&options, pages, app::shell)
        .with_state(options)
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::Request,
    };
    use tower::ServiceExt;

    #[tokio::test]
    async fn the_home_page_is_rendered_by_the_server() {
        let answer = super::router()
            .oneshot(Request::get("/").body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let html = String::from_utf8(body.to_vec()).unwrap();
        assert!(html.contains("<h1>Help for children"), "{html}");
    }
}
