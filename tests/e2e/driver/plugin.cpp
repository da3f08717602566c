#include "driver.h"

#include <QGenericPlugin>

namespace longcode::tests {

/// What Qt loads when QT_QPA_GENERIC_PLUGINS names "longcodedriver".
class DriverPlugin : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "driver.json")
public:
    QObject *create(const QString &key, const QString &) override {
        const QString socket = qEnvironmentVariable("LONGCODE_DRIVER");
        return key == QStringLiteral("longcodedriver") && !socket.isEmpty() ? new Driver(socket) : nullptr;
    }
};

} // namespace longcode::tests

#include "plugin.moc"
