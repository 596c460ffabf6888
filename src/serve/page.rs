//! The page over HTTP: the files of `dist/`, and the way to the viewers.

use super::commands::{self, Commands};
use super::viewers::Viewers;
use super::{Embedded, StartError};
use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use std::net::{IpAddr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use tokio::net::TcpListener;

/// A command may carry a record, and a record 1 MiB.
const MESSAGE_BYTES_MAX: usize = 4 << 20;

/// No code, styles or data but our own, and text only as text. Styles by attribute: the page places what it draws. `www/index.html` says the
/// same, for hosts that send no headers.
const SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
     trusted-types 'none'; frame-ancestors 'self'";

/// Serves HTTP, for ever.
pub(super) async fn serve(listener: TcpListener, guard: Guard, files: Files, viewers: Viewers, commands: Commands) {
    let router = Router::new()
        .route("/view", any(view))
        .with_state(viewers)
        .merge(commands::router(commands))
        .fallback(move |request: Request| async move { files.answer(request.uri().path()) })
        .layer(from_fn_with_state(guard, Guard::check));
    // It ends with the program.
    drop(axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await);
}

/// A viewer: gets views, gives commands.
async fn view(State(viewers): State<Viewers>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    if !of_this_origin(&headers) {
        return refused("The view is only for pages of this server.");
    }
    upgrade.max_message_size(MESSAGE_BYTES_MAX).max_frame_size(MESSAGE_BYTES_MAX).on_upgrade(move |socket| viewers.serve(socket))
}

/// A browser says which page opens a WebSocket; it must have come from here.
pub(super) fn of_this_origin(headers: &HeaderMap) -> bool {
    let (Some(origin), Some(host)) = (text(headers, header::ORIGIN), text(headers, header::HOST)) else { return false };
    origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")).is_some_and(|of| of.eq_ignore_ascii_case(host))
}

pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn refused(why: &'static str) -> Response {
    (StatusCode::FORBIDDEN, why).into_response()
}

/// Who may ask.
#[derive(Clone, Copy)]
pub(super) struct Guard {
    loopback: bool,
}

impl Guard {
    pub fn new(address: SocketAddr) -> Self {
        Self { loopback: address.ip().to_canonical().is_loopback() }
    }

    /// On loopback, a name that somebody else's name server has turned to this machine (DNS rebinding) is refused.
    async fn check(State(guard): State<Self>, request: Request, next: Next) -> Response {
        if guard.loopback && !text(request.headers(), header::HOST).is_some_and(is_this_machine) {
            return refused("This server listens on loopback: ask for it as localhost or by its address.");
        }
        let mut response = next.run(request).await;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SECURITY_POLICY));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }
}

/// Whether a Host header names loopback: an address, or `localhost`.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => host.split(':').next(),
    };
    name.is_some_and(|name| name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok())
}

/// The page's files, from a folder or from inside of the program.
#[derive(Clone)]
pub(super) struct Files {
    folder: Option<PathBuf>,
    embedded: Embedded,
}

impl Files {
    pub fn new(folder: Option<PathBuf>, embedded: Embedded) -> Result<Self, StartError> {
        match folder {
            Some(folder) if !folder.join("index.html").is_file() => {
                Err(StartError(format!("--page {}: there is no index.html in it", folder.display())))
            }
            folder => Ok(Self { folder, embedded }),
        }
    }

    fn answer(&self, path: &str) -> Response {
        let path = match path.trim_start_matches('/') {
            "" => "index.html",
            path => path,
        };
        match self.find(path) {
            Some(content) if path == "index.html" => file(path, of_this_server(content)),
            Some(content) => file(path, content),
            None if path == "index.html" => {
                let why =
                    "This program was compiled without its page. Build it with `cargo xtask page`, and name its folder with --page DIR.\n";
                (StatusCode::NOT_FOUND, why).into_response()
            }
            None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
        }
    }

    fn find(&self, path: &str) -> Option<Vec<u8>> {
        let within = Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
        match &self.folder {
            _ if !within => None,
            Some(folder) => std::fs::read(folder.join(path)).ok(),
            None => (self.embedded)(path),
        }
    }
}

/// The page has its own engine, unless its element is told to show that of its server.
fn of_this_server(page: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(page) {
        Ok(page) => page.replacen("<partita-playground", "<partita-playground source=\"server\"", 1).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

fn file(path: &str, content: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type(path)), (header::CACHE_CONTROL, "no-cache")];
    (headers, Body::from(content)).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
