//! The elements that mean something to us. All others are `Other` and transparent.

/// An element name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    A,
    Area,
    Article,
    Aside,
    Base,
    /// An element that only starts a new block.
    Block,
    Body,
    Br,
    Button,
    Caption,
    Cell,
    /// `dialog`, hidden while not open.
    Dialog,
    Embed,
    Fieldset,
    Footer,
    Form,
    Frame,
    Header,
    Heading(u8),
    HeaderCell,
    Html,
    Image,
    Input,
    Item,
    Label,
    Legend,
    Link,
    List,
    Main,
    Meta,
    Nav,
    NoScript,
    Object,
    Option,
    Other,
    Paragraph,
    Row,
    Script,
    Search,
    Section,
    Select,
    /// `video`, `audio` and their `source`.
    Sound,
    Svg,
    Table,
    TableHead,
    TextArea,
    Time,
    Title,
    /// Its content is never shown: `style`, `template`.
    Unseen,
}

impl Tag {
    pub(crate) fn of(name: &str) -> Self {
        match name {
            "div" | "blockquote" | "center" | "dd" | "details" | "dl" | "dt" | "figcaption" | "figure" | "hgroup" | "hr"
            | "address" | "pre" | "summary" | "tbody" | "tfoot" => Self::Block,
            "a" => Self::A,
            "li" => Self::Item,
            "p" => Self::Paragraph,
            "img" => Self::Image,
            "ul" | "ol" | "menu" => Self::List,
            "td" => Self::Cell,
            "tr" => Self::Row,
            "th" => Self::HeaderCell,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "br" => Self::Br,
            "input" => Self::Input,
            "script" => Self::Script,
            "style" | "template" => Self::Unseen,
            "option" => Self::Option,
            "link" => Self::Link,
            "meta" => Self::Meta,
            "section" => Self::Section,
            "article" => Self::Article,
            "header" => Self::Header,
            "footer" => Self::Footer,
            "nav" => Self::Nav,
            "main" => Self::Main,
            "aside" => Self::Aside,
            "button" => Self::Button,
            "label" => Self::Label,
            "form" => Self::Form,
            "select" => Self::Select,
            "textarea" => Self::TextArea,
            "fieldset" => Self::Fieldset,
            "legend" => Self::Legend,
            "table" => Self::Table,
            "thead" => Self::TableHead,
            "caption" => Self::Caption,
            "time" => Self::Time,
            "title" => Self::Title,
            "iframe" | "frame" => Self::Frame,
            "noscript" | "noframes" | "noembed" => Self::NoScript,
            "svg" | "math" => Self::Svg,
            "object" => Self::Object,
            "embed" => Self::Embed,
            "video" | "audio" | "source" => Self::Sound,
            "search" => Self::Search,
            "dialog" => Self::Dialog,
            "area" => Self::Area,
            "base" => Self::Base,
            "body" => Self::Body,
            "html" => Self::Html,
            _ => Self::Other,
        }
    }

    /// Whether it starts and ends a block of the text layer.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::A
                | Self::Area
                | Self::Base
                | Self::Br
                | Self::Embed
                | Self::Frame
                | Self::Image
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Object
                | Self::Other
                | Self::Script
                | Self::Select
                | Self::Sound
                | Self::Svg
                | Self::TextArea
                | Self::Time
                | Self::Title
                | Self::NoScript
                | Self::Unseen
        )
    }

    /// Whether it never has content, so that no end tag follows.
    pub(crate) fn is_void(self, name: &str) -> bool {
        matches!(self, Self::Area | Self::Base | Self::Br | Self::Embed | Self::Image | Self::Input | Self::Link | Self::Meta)
            || matches!(name, "hr" | "wbr" | "source" | "track" | "col" | "param" | "frame")
    }
}
