#pragma once

#include "style/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <QWidget>

/// For tests that draw screens for people to look at. The pictures land in LONGCODE_PICTURE_DIR.
namespace longcode::tests {

/// The theme of the test program, light at first.
inline style::Theme &pictureTheme() {
    static style::Theme one(*qApp, style::Scheme::Light);
    return one;
}

inline void keepPicture(QWidget &widget, const QString &name) {
    QTest::qWait(60); // layouts settle over a few turns of the event loop
    const QDir folder(QStringLiteral(LONGCODE_PICTURE_DIR));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QVERIFY(widget.grab().save(folder.filePath(name + QStringLiteral(".png"))));
}

} // namespace longcode::tests
