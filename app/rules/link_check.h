#pragma once

#include <QList>
#include <QString>
#include <QUrl>

/// Links in a text and what may be wrong with them. Pure functions; nothing is looked up on the network.
namespace longcode::rules {

enum class LinkDanger : quint8 {
    HostHidden,      ///< a name before an @ stands where people look for the host
    LooksLike,       ///< nearly a well-known domain
    NamesAnother,    ///< begins with a well-known domain and leads elsewhere
    MixedScripts,    ///< letters of several scripts in one label
    HiddenCharacter, ///< direction controls or zero-width characters inside
    NumberedHost,    ///< an IP address in place of a name
    Shortener,       ///< nobody sees where it leads
    Unreadable       ///< cannot be a web address, whatever it looks like
};

struct LinkWarning {
    LinkDanger danger = LinkDanger::Unreadable;
    QString about; ///< the pretended name, for HostHidden, LooksLike and NamesAnother
    friend bool operator==(const LinkWarning &, const LinkWarning &) = default;
};

struct Link {
    qsizetype begin = 0; ///< in the text, UTF-16 units
    qsizetype length = 0;
    QString written; ///< as it stands in the text
    QUrl url;        ///< what to open: http or https, host in ASCII, without user name; invalid: do not open
    QString host;    ///< where it leads, in Unicode
    QString asciiHost; ///< the same as it goes to the name server ("xn--…"); show both where they differ
    QList<LinkWarning> warnings; ///< gravest first; empty: nothing was noticed, which is no promise
};

/// The links of a text in order: with http or https, with www., and bare domains with a usual ending. Mail
/// addresses are none, nor are file names and sentences without a space behind their stop, as far as that can
/// be told.
[[nodiscard]] QList<Link> linksIn(const QString &text);

/// A whole sentence for the person about to open it.
[[nodiscard]] QString sentence(const LinkWarning &warning, const Link &link);

} // namespace longcode::rules
