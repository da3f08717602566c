#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace longcode::health {

/// One way to make a relay reachable that listens on this machine.
struct Snippet {
    QString key;         ///< for object names: "nginx"
    QString name;        ///< "nginx"
    QString explanation; ///< one sentence
    QString text;        ///< ready to be copied
};

/// For a relay that listens at `listen` ("127.0.0.1:8420"). `publicUrl` tells the host; empty: an example.
[[nodiscard]] QList<Snippet> snippetsFor(const QString &listen, const QUrl &publicUrl);

} // namespace longcode::health
