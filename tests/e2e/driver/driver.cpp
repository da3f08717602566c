#include "driver.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QKeySequence>
#include <QTest>
#include <QTimer>
#include <QWidget>

namespace longcode::tests {

namespace {

QWidget *find(const QString &name) {
    QWidget *hidden = nullptr;
    const QWidgetList all = QApplication::allWidgets();
    for (QWidget *widget : all) {
        if (widget->objectName() != name)
            continue;
        if (widget->isVisible())
            return widget;
        hidden = widget;
    }
    return hidden;
}

/// The text of the widget; of one that has none of its own, the texts of all that is visible inside it, and
/// what screen readers are told.
QString textOf(QWidget *widget) {
    for (const char *property : {"plainText", "text"}) {
        const QVariant value = widget->property(property);
        if (value.isValid())
            return value.toString();
    }
    QStringList texts;
    const auto inside = widget->findChildren<QWidget *>();
    for (const QWidget *child : inside) {
        if (child->isVisible() && child->property("text").isValid())
            texts.append(child->property("text").toString());
    }
    if (const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget))
        texts << spoken->text(QAccessible::Name) << spoken->text(QAccessible::Description);
    return texts.join(QLatin1Char(' '));
}

QJsonObject failure(const QString &why) {
    return {{QStringLiteral("error"), why}};
}

QJsonObject done() {
    return {{QStringLiteral("ok"), true}};
}

QJsonObject describe(QWidget *widget) {
    return {{QStringLiteral("ok"), true},
            {QStringLiteral("text"), textOf(widget)},
            {QStringLiteral("description"), widget->accessibleDescription()},
            {QStringLiteral("visible"), widget->isVisible()},
            {QStringLiteral("enabled"), widget->isEnabled()},
            {QStringLiteral("focus"), widget->hasFocus()}};
}

} // namespace

Driver::Driver(const QString &socketName) {
    connect(&m_socket, &QLocalSocket::readyRead, this, &Driver::read);
    m_socket.connectToServer(socketName);
}

void Driver::read() {
    while (m_socket.canReadLine()) {
        const QJsonObject order = QJsonDocument::fromJson(m_socket.readLine()).object();
        m_socket.write(QJsonDocument(obey(order)).toJson(QJsonDocument::Compact) + '\n');
        m_socket.flush();
    }
}

QJsonObject Driver::obey(const QJsonObject &order) {
    const QString what = order[QStringLiteral("do")].toString();
    if (what == QStringLiteral("grab"))
        return grab(order);
    const QString name = order[QStringLiteral("object")].toString();
    QWidget *widget = find(name);
    if (!widget)
        return failure(QStringLiteral("no widget named %1").arg(name));
    if (what == QStringLiteral("look"))
        return describe(widget);
    if (what == QStringLiteral("type"))
        return type(widget, order[QStringLiteral("text")].toString());
    if (what == QStringLiteral("press"))
        return press(widget, order);
    if (what == QStringLiteral("click")) {
        if (!widget->isVisible() || !widget->isEnabled())
            return failure(QStringLiteral("%1 cannot be clicked now").arg(name));
        // Posted, because a click may open a dialog.
        QTimer::singleShot(0, widget, [widget] { QTest::mouseClick(widget, Qt::LeftButton); });
        return done();
    }
    if (what == QStringLiteral("rows"))
        return rows(widget);
    if (what == QStringLiteral("select"))
        return select(widget, order[QStringLiteral("row")].toInt());
    return failure(QStringLiteral("unknown order %1").arg(what));
}

QJsonObject Driver::type(QWidget *widget, const QString &text) {
    if (!widget->isVisible() || !widget->isEnabled())
        return failure(QStringLiteral("%1 takes no text now").arg(widget->objectName()));
    widget->setFocus(Qt::OtherFocusReason);
    for (const QChar character : text) {
        const int key = character.unicode() < 128 ? character.toUpper().unicode() : 0;
        QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, QString(character));
        QApplication::sendEvent(widget, &down);
        QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, QString(character));
        QApplication::sendEvent(widget, &up);
    }
    return done();
}

QJsonObject Driver::press(QWidget *widget, const QJsonObject &order) {
    const QKeySequence keys(order[QStringLiteral("keys")].toString());
    if (keys.isEmpty())
        return failure(QStringLiteral("no such key"));
    const QKeyCombination key = keys[0];
    QTimer::singleShot(0, widget, [widget, key] {
        // Without a window manager nobody gives the window back its place when a dialog closes, and shortcuts
        // are those of the active window.
        if (!QApplication::activeModalWidget() && !QApplication::activePopupWidget())
            QApplication::setActiveWindow(widget->window());
        widget->setFocus(Qt::OtherFocusReason);
        QTest::keyClick(widget, key.key(), key.keyboardModifiers());
    });
    return done();
}

QJsonObject Driver::rows(QWidget *widget) const {
    const auto *view = qobject_cast<QAbstractItemView *>(widget);
    if (!view || !view->model())
        return failure(QStringLiteral("%1 shows no list").arg(widget->objectName()));
    QJsonArray rows;
    for (int row = 0; row < view->model()->rowCount(); ++row)
        rows.append(view->model()->index(row, 0).data(Qt::AccessibleTextRole).toString());
    return {{QStringLiteral("ok"), true}, {QStringLiteral("rows"), rows}};
}

QJsonObject Driver::select(QWidget *widget, int row) const {
    auto *view = qobject_cast<QAbstractItemView *>(widget);
    if (!view || !view->model() || row >= view->model()->rowCount())
        return failure(QStringLiteral("no row %1").arg(row));
    view->setCurrentIndex(view->model()->index(row, 0));
    return done();
}

QJsonObject Driver::grab(const QJsonObject &order) const {
    const QWidgetList all = QApplication::topLevelWidgets();
    for (QWidget *window : all) {
        if (!window->isVisible() || window->objectName() != order[QStringLiteral("object")].toString())
            continue;
        if (order.contains(QStringLiteral("width")))
            window->resize(order[QStringLiteral("width")].toInt(), order[QStringLiteral("height")].toInt());
        // What the new size changes is laid out before the picture is taken.
        QCoreApplication::sendPostedEvents();
        if (!window->grab().save(order[QStringLiteral("file")].toString()))
            return failure(QStringLiteral("cannot write the picture"));
        return done();
    }
    return failure(QStringLiteral("no such window"));
}

} // namespace longcode::tests
