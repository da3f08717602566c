#pragma once

#include <QRegularExpression>
#include <QTest>
#include <QWidget>

namespace longcode::tests {

/// Makes every warning fail the running test. The offscreen platform says of several calls that it does not
/// support them.
inline void failOnAnyWarning() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
}

/// The child of that name; fails loudly (null is dereferenced nowhere: callers use it at once).
template <typename T>
T *child(const QObject &parent, const char *objectName) {
    T *found = parent.findChild<T *>(QLatin1String(objectName));
    if (!found)
        qFatal("no child %s", objectName);
    return found;
}

/// Replaces what a field holds, by keys.
inline void type(QWidget *field, const QString &text) {
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
}

} // namespace longcode::tests
