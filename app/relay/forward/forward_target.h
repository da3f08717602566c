#pragma once

#include <QString>
#include <QUrl>

namespace longcode::relay {

/// Where verified webhooks are passed on to.
struct ForwardTarget {
    QString name;
    QUrl url;
};

} // namespace longcode::relay
