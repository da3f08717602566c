#include "settings/first_page.h"

#include "settings/page_parts.h"
#include "style/console_style.h"
#include "style/icons.h"
#include "style/panel.h"
#include "style/tokens.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::settings {

namespace {

constexpr int cardWidth = 300;
constexpr int iconExtent = 30;
constexpr qreal welcomeSize = 1.7; // times the body text

struct Way {
    style::IconName icon;
    QString title;
    QString text;
    QString buttonText;
    QString buttonName;
    style::ButtonKind kind;
};

/// An icon as decoration, in the accent of the theme.
class IconLabel final : public QWidget {
public:
    IconLabel(style::IconName icon, QWidget *parent) : QWidget(parent), m_icon(icon) {
        setFixedSize(iconExtent, iconExtent);
    }

protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        style::paintIcon(&painter, rect(), m_icon, style::tokensFor(this).accent);
    }

private:
    style::IconName m_icon;
};

/// One of the two ways in. Returns its button.
QPushButton *addCard(const Way &way, QHBoxLayout *row, QWidget *parent) {
    auto *card = new style::Panel(style::Fill::Surface, parent);
    card->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    card->setRadius(12);
    card->setFixedWidth(cardWidth);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(22, 20, 22, 20);
    column->setSpacing(10);
    column->addWidget(new IconLabel(way.icon, card));
    column->addWidget(heading(way.title, card));
    column->addWidget(mutedText(way.text, card));
    column->addStretch(1);
    auto *button = new QPushButton(way.buttonText, card);
    button->setObjectName(way.buttonName);
    button->setAccessibleDescription(way.text);
    style::setButtonKind(button, way.kind);
    column->addWidget(button);
    row->addWidget(card);
    return button;
}

} // namespace

FirstPage::FirstPage(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("firstPage"));
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(32, 32, 32, 32);
    page->setSpacing(6);
    page->addStretch(2);
    QLabel *welcome = heading(tr("Welcome to Longcode"), this);
    QFont large = welcome->font();
    large.setPointSizeF(font().pointSizeF() * welcomeSize);
    welcome->setFont(large);
    welcome->setAlignment(Qt::AlignCenter);
    page->addWidget(welcome);
    QLabel *what =
        mutedText(tr("Text with your customers from your business numbers. How do you want to begin?"), this);
    what->setAlignment(Qt::AlignCenter);
    page->addWidget(what);
    page->addSpacing(18);
    auto *row = new QHBoxLayout;
    row->setSpacing(18);
    row->addStretch(1);
    QPushButton *tryIt =
        addCard({style::IconName::Flask, tr("Try it"),
                 tr("A practice account on this computer, with customers who answer. Nothing leaves "
                    "this machine and nothing costs money."),
                 tr("Try it"), QStringLiteral("tryItButton"), style::ButtonKind::Primary},
                row, this);
    QPushButton *connectAccount = addCard(
        {style::IconName::Plug, tr("Connect an account"),
         tr("Your Telnyx account: its API key, a relay that receives what Telnyx reports, and the number to "
            "send from."),
         tr("Connect an account"), QStringLiteral("connectButton"), style::ButtonKind::Plain},
        row, this);
    row->addStretch(1);
    page->addLayout(row);
    page->addStretch(3);
    connect(tryIt, &QPushButton::clicked, this, &FirstPage::tryItRequested);
    connect(connectAccount, &QPushButton::clicked, this, &FirstPage::connectRequested);
    setFocusProxy(tryIt);
}

} // namespace longcode::settings
