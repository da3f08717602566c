#include "settings/page_parts.h"

#include "style/theme.h"

#include <QEvent>

namespace longcode::settings {

namespace {

class MutedLabel final : public QLabel {
public:
    using QLabel::QLabel;
    void colour() {
        QPalette ink = palette();
        ink.setColor(QPalette::WindowText, style::tokensFor(this).muted);
        setPalette(ink);
    }

protected:
    void changeEvent(QEvent *event) override {
        if (event->type() == QEvent::StyleChange)
            colour();
        QLabel::changeEvent(event);
    }
};

void makeWrapped(QLabel *label, const QString &text) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
}

} // namespace

QLabel *wrappedText(const QString &text, QWidget *parent) {
    auto *label = new QLabel(parent);
    makeWrapped(label, text);
    return label;
}

QLabel *heading(const QString &text, QWidget *parent) {
    QLabel *label = wrappedText(text, parent);
    label->setFont(style::textFont(label->font(), style::TextSize::Title, style::TextWeight::Strong));
    return label;
}

QLabel *mutedText(const QString &text, QWidget *parent) {
    auto *label = new MutedLabel(parent);
    makeWrapped(label, text);
    label->colour();
    return label;
}

QListWidget *plainList(const QString &objectName, const QString &accessibleName, QWidget *parent) {
    constexpr int rowsShown = 5;
    auto *list = new QListWidget(parent);
    list->setObjectName(objectName);
    list->setAccessibleName(accessibleName);
    list->setFrameShape(QFrame::NoFrame);
    list->setSpacing(2);
    list->setFixedHeight(rowsShown * (list->fontMetrics().lineSpacing() + 6));
    return list;
}

QString inOneLine(const Failure &failure) {
    return failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy;
}

} // namespace longcode::settings
