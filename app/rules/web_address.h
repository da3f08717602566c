#pragma once

#include <QString>
#include <QStringView>

/// Shapes of web and e-mail addresses. Nothing is looked up on the network.
namespace longcode::rules {

/// A web address as people write it, with or without scheme.
struct WebAddress {
    QString scheme; ///< lower case; empty when none is written
    QString host;   ///< lower case, without port
    QString path;   ///< with its slash; empty when there is none
};

/// Splits `text`; the host is empty when it is no web address at all.
[[nodiscard]] WebAddress webAddressOf(QStringView text);

/// Whether a host has at least two labels, an ending of letters and only characters hosts may have.
[[nodiscard]] bool isHostName(const QString &host);
/// Loopback, private and reserved names and bare IP addresses: nobody outside can open them.
[[nodiscard]] bool isUnreachable(const QString &host);
/// "www.shop.example.co.uk" → "example.co.uk".
[[nodiscard]] QString registeredDomain(const QString &host);
/// The part behind the @, lower case; empty when `address` is no e-mail address.
[[nodiscard]] QString mailDomain(const QString &address);
/// A host under which everybody has a page, such as a social network.
[[nodiscard]] bool isSocialHost(const QString &host);

} // namespace longcode::rules
