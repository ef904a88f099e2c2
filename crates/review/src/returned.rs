//! A refused form comes back: the page that it stood on once more, with what was sent and what is wrong with it.

use std::sync::Arc;

use maud::html;

use crate::cx::{Cx, Returned};
use crate::dispatch::{Asked, admit};
use crate::layout;
use crate::reply::{Refusal, Reply, Titled};
use crate::route::{self, Method};

/// The refusal on the page that the form stood on, if that page can be shown; else as it is.
pub(crate) async fn returned(cx: &Cx, asked: &Asked, refusal: Refusal) -> Refusal {
    let Refusal::Wrong(wrong) = &refusal else { return refusal };
    if cx.json || asked.route.method != Method::Post {
        return refusal;
    }
    let Some((route, params)) = route::page_at(&cx.from) else { return refusal };
    let back = Returned { to: cx.path.clone(), fields: cx.fields.clone(), wrong: wrong.clone() };
    let mut page = Cx {
        path: cx.from.clone(),
        params,
        fields: asked.query_before(),
        returned: Some(Arc::new(back)),
        slot: None,
        campaign: None,
        city: None,
        ..cx.clone()
    };
    if admit(&mut page, route).await.is_err() {
        return refusal;
    }
    let Ok(Reply::Screen { title, language, body, .. }) = (route.run)(page.clone()).await else { return refusal };
    let (_, detail) = layout::said(cx, &refusal);
    let body = html! { (layout::problem(cx, &refusal, &detail, true)) (body) };
    Refusal::Page(Box::new(refusal), Titled { words: title, language }, body)
}
