#include "settings/page_parts.h"

#include "style/panel.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>

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

style::Panel *makeCard(const QString &title, QVBoxLayout *&column, QWidget *parent) {
    auto *card = new style::Panel(style::Fill::Surface, parent);
    card->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    card->setRadius(12);
    column = new QVBoxLayout(card);
    column->setContentsMargins(22, 18, 22, 18);
    column->setSpacing(10);
    column->addWidget(heading(title, card));
    return card;
}

QVBoxLayout *makeCardPage(QWidget *page, int widest) {
    auto *content = new style::Panel(style::Fill::Window, page);
    auto *middle = new QWidget(content);
    middle->setMaximumWidth(widest);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 24, 0, 24);
    column->setSpacing(16);
    auto *centred = new QHBoxLayout(content);
    centred->addStretch(1);
    centred->addWidget(middle, 10);
    centred->addStretch(1);
    auto *scroll = new QScrollArea(page);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *whole = new QVBoxLayout(page);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    return column;
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
