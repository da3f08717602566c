#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>

class QWidget;

namespace longcode::tests {

/// Works a program's widgets from outside. Loaded into the unmodified `longcode` as a Qt generic plugin
/// (QT_QPA_GENERIC_PLUGINS), so the console itself carries no test hook. Connects to the local socket named
/// by LONGCODE_DRIVER, obeys one JSON object a line and answers each with one. Lives on the UI thread.
class Driver : public QObject {
    Q_OBJECT
public:
    explicit Driver(const QString &socketName);

private:
    void read();
    [[nodiscard]] QJsonObject obey(const QJsonObject &order);
    [[nodiscard]] QJsonObject type(QWidget *widget, const QString &text);
    [[nodiscard]] QJsonObject press(QWidget *widget, const QJsonObject &order);
    [[nodiscard]] QJsonObject rows(QWidget *widget) const;
    [[nodiscard]] QJsonObject select(QWidget *widget, int row) const;
    [[nodiscard]] QJsonObject grab(const QJsonObject &order) const;

    QLocalSocket m_socket;
};

} // namespace longcode::tests
