#include "style/avatar.h"
#include "style/banner.h"
#include "style/chip.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"
#include "style/plain_text.h"
#include "style/theme.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

#include <cmath>

using namespace longcode;
using namespace longcode::style;

namespace {

/// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor &colour) {
    const auto channel = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
           0.0722 * channel(colour.blueF());
}

double contrast(const QColor &a, const QColor &b) {
    const double high = qMax(luminance(a), luminance(b));
    const double low = qMin(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

int inkedPixels(const QPixmap &pixmap) {
    const QImage image = pixmap.toImage();
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            inked += image.pixelColor(x, y).alpha() > 100 ? 1 : 0;
    }
    return inked;
}

} // namespace

class TestStyleTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { tests::failOnAnyWarning(); }
    void boxShowsMarkupAsText();
    void textIsReadable_data();
    void textIsReadable();
    void changesSchemeAtOnce();
    void followsTheSystem();
    void outlinesAreVisible_data();
    void outlinesAreVisible();
    void everyIconHasStrokes();
    void iconsTakeTheirColour();
    void initialsAreShort_data();
    void initialsAreShort();
    void foreignTextIsTamed();
    void elidedLabelKeepsTheWholeText();
    void bannerOffersActions();
    void scrollBarWorksByMouse();
};

void TestStyleTheme::boxShowsMarkupAsText() {
    QMessageBox box;
    box.setText(QStringLiteral("<b>Who</b>"));
    box.setInformativeText(QStringLiteral("<a href=\"http://x\">here</a>"));
    showAsPlainText(box);
    for (const char *name : {"qt_msgbox_label", "qt_msgbox_informativelabel"}) {
        const auto *label = box.findChild<QLabel *>(QLatin1String(name));
        QVERIFY2(label, name);
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->openExternalLinks());
    }
}

void TestStyleTheme::textIsReadable_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestStyleTheme::textIsReadable() {
    QFETCH(const bool, dark);
    const Tokens &tokens = dark ? darkTokens() : lightTokens();
    const auto readable = [](const QColor &ink, const QColor &paper, double least = 4.5) {
        return contrast(ink, paper) >= least;
    };
    for (const QColor &paper : {tokens.window, tokens.surface, tokens.raised, tokens.field, tokens.accentSoft,
                                tokens.note, tokens.bubbleIn, tokens.bubbleOut})
        QVERIFY(readable(tokens.text, paper, 7));
    for (const QColor &paper : {tokens.window, tokens.surface, tokens.field, tokens.raised, tokens.bubbleIn})
        QVERIFY(readable(tokens.muted, paper));
    QVERIFY(readable(tokens.accent, tokens.surface));
    QVERIFY(readable(tokens.accentText, tokens.accent));
    QVERIFY(readable(tokens.dangerText, tokens.danger));
    QVERIFY(readable(tokens.warn, tokens.warnSoft));
    QVERIFY(readable(tokens.danger, tokens.dangerSoft));
    QVERIFY(readable(tokens.bubbleOutMuted, tokens.bubbleOut));
    QVERIFY(readable(tokens.danger, tokens.bubbleOut));
}

void TestStyleTheme::changesSchemeAtOnce() {
    Theme theme(*qApp, Scheme::Light);
    QPushButton button;
    QCOMPARE(tokensFor(&button).window, lightTokens().window);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setScheme(Scheme::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(tokensFor(&button).window, darkTokens().window);
    QCOMPARE(QApplication::palette().color(QPalette::WindowText), darkTokens().text);
    theme.setScheme(Scheme::Dark);
    QCOMPARE(changed.count(), 1);
}

void TestStyleTheme::followsTheSystem() {
    QApplication::setPalette(QPalette(QColor(0x20, 0x20, 0x20)));
    QVERIFY(Theme(*qApp, Scheme::System).tokens().dark);
    QApplication::setPalette(QPalette(QColor(0xf0, 0xf0, 0xf0)));
    QVERIFY(!Theme(*qApp, Scheme::System).tokens().dark);
}

void TestStyleTheme::outlinesAreVisible_data() {
    textIsReadable_data();
}

void TestStyleTheme::outlinesAreVisible() {
    QFETCH(const bool, dark);
    Theme theme(*qApp, dark ? Scheme::Dark : Scheme::Light);
    const auto edgeAndInside = [](QWidget &widget, const QPoint &edge, const QPoint &inside) {
        widget.resize(120, 32);
        const QImage image = widget.grab().toImage();
        return contrast(image.pixelColor(edge), image.pixelColor(inside));
    };
    QLineEdit edit;
    QVERIFY(edgeAndInside(edit, QPoint(60, 0), QPoint(60, 5)) > 1.25);
    QPushButton button(QStringLiteral("x"));
    QVERIFY(edgeAndInside(button, QPoint(60, 0), QPoint(30, 5)) > 1.25);
    QCheckBox box;
    box.resize(40, 20);
    const QImage image = box.grab().toImage();
    QVERIFY(contrast(image.pixelColor(8, 2), image.pixelColor(8, 9)) > 2);
    setButtonKind(&button, ButtonKind::Primary);
    QCOMPARE(button.grab().toImage().pixelColor(10, 16), theme.tokens().accent);
}

void TestStyleTheme::everyIconHasStrokes() {
    for (int name = 0; name < iconCount; ++name) {
        const int inked = inkedPixels(iconPixmap(static_cast<IconName>(name), 24, Qt::red));
        QVERIFY2(inked > 8 && inked < 400,
                 qPrintable(QStringLiteral("icon %1: %2 pixels").arg(name).arg(inked)));
    }
    QVERIFY(!applicationIcon().pixmap(64, 64).isNull());
}

void TestStyleTheme::iconsTakeTheirColour() {
    const QImage red = iconPixmap(IconName::Relay, 24, QColor(Qt::red), 2).toImage();
    QCOMPARE(red.size(), QSize(48, 48));
    QCOMPARE(red.pixelColor(24, 24), QColor(Qt::red));
    Theme theme(*qApp, Scheme::Dark);
    const QIcon followed = icon(IconName::Relay, IconTone::Accent);
    QCOMPARE(followed.pixmap(24, 24).toImage().pixelColor(12, 12), darkTokens().accent);
    theme.setScheme(Scheme::Light);
    QCOMPARE(followed.pixmap(24, 24).toImage().pixelColor(12, 12), lightTokens().accent);
}

void TestStyleTheme::initialsAreShort_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("two words") << QStringLiteral("Maria Keller") << QStringLiteral("MK");
    QTest::newRow("one word") << QStringLiteral("acme") << QStringLiteral("A");
    QTest::newRow("four words") << QStringLiteral("Ana Maria de Souza") << QStringLiteral("AS");
    QTest::newRow("number") << QStringLiteral("+1 (555) 987-6543") << QStringLiteral("43");
    QTest::newRow("emoji at the end") << QStringLiteral("Jo Wright 🚚") << QStringLiteral("JW");
    QTest::newRow("accent as two") << QStringLiteral("E\u0301lodie") << QStringLiteral("E\u0301");
    QTest::newRow("nothing") << QStringLiteral(" \u202e ") << QString();
    QTest::newRow("arabic") << QStringLiteral("نور بكري") << QStringLiteral("نب");
}

void TestStyleTheme::initialsAreShort() {
    QFETCH(const QString, name);
    QTEST(initials(name), "expected");
}

void TestStyleTheme::foreignTextIsTamed() {
    QCOMPARE(singleLine(QStringLiteral(" a\r\nb\tc\u2028d \u202ee\u2069")), QStringLiteral("a b c d e"));
    QCOMPARE(isolated(QStringLiteral("x\u202ey")), QStringLiteral("\u2068xy\u2069"));
    QCOMPARE(displayLine(QStringLiteral("a\n\u2068+1\u2069\u202e")), QStringLiteral("a \u2068+1\u2069"));
    QCOMPARE(singleLine(QStringLiteral("👨‍👩‍👧")), QStringLiteral("👨‍👩‍👧"));
}

void TestStyleTheme::elidedLabelKeepsTheWholeText() {
    Theme theme(*qApp, Scheme::Light);
    ElidedLabel label;
    const QString text = QStringLiteral("<img src=x> a very long name that has no room here");
    label.setText(text);
    label.resize(60, 20);
    QCOMPARE(label.text(), text);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QVERIFY(label.minimumSizeHint().width() < 80);
    QVERIFY(label.sizeHint().width() > 200);
}

void TestStyleTheme::bannerOffersActions() {
    Theme theme(*qApp, Scheme::Light);
    Banner banner(BannerTone::Warn);
    banner.setText(QStringLiteral("3 characters force UCS-2"));
    QPushButton *replace = banner.addAction(QStringLiteral("Replace"));
    QCOMPARE(buttonKind(replace), ButtonKind::Link);
    banner.resize(500, 32);
    banner.show();
    QSignalSpy clicked(replace, &QPushButton::clicked);
    QTest::mouseClick(replace, Qt::LeftButton);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(banner.grab().toImage().pixelColor(250, 2), theme.tokens().warnSoft);
}

void TestStyleTheme::scrollBarWorksByMouse() {
    Theme theme(*qApp, Scheme::Light);
    QScrollBar bar(Qt::Vertical);
    bar.setRange(0, 1000);
    bar.setPageStep(100);
    bar.resize(bar.sizeHint().width(), 400);
    bar.show();
    QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(5, 390));
    QCOMPARE(bar.value(), 100);
    QTest::mousePress(&bar, Qt::LeftButton, {}, QPoint(5, 45));
    QMouseEvent move(QEvent::MouseMove, QPointF(5, 399), bar.mapToGlobal(QPointF(5, 399)), Qt::LeftButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&bar, &move);
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, QPoint(5, 399));
    QVERIFY(bar.value() > 900);
}

QTEST_MAIN(TestStyleTheme)
#include "style_theme.moc"
