#include "composer/sender_change.h"

#include "composer/money.h"
#include "composer/sender_button.h"
#include "composer/toned_label.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::composer {

namespace {

struct SenderWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::composer::SenderChange)
};

constexpr double poorDelivery = 0.9;

QString kindSentence(sms::SenderKind present, sms::SenderKind chosen) {
    using enum sms::SenderKind;
    if (chosen == Alphanumeric)
        return SenderWords::tr("A name is no number: the customer cannot answer it.");
    if (present == chosen)
        return {};
    switch (chosen) {
    case TollFree:
        return SenderWords::tr(
            "It is a toll-free number: other rules for registration and speed hold, and an "
            "opt-out from it is kept by the carriers.");
    case ShortCode:
        return SenderWords::tr(
            "It is a short code: it counts other characters, and not every phone reaches it.");
    case LongCode:
        return SenderWords::tr(
            "It is a long code: it needs a 10DLC campaign in the United States and is slower.");
    case Alphanumeric:
        break;
    }
    return {};
}

QString priceSentence(const SenderOffer &present, const SenderOffer &chosen) {
    const QString before = moneyInWords(present.price.perSegment, 1);
    const QString after = moneyInWords(chosen.price.perSegment, 1);
    if (after.isEmpty() || before == after)
        return {};
    if (before.isEmpty())
        return SenderWords::tr("A segment costs about %1.").arg(after);
    return SenderWords::tr("A segment costs about %1 instead of %2.").arg(after, before);
}

} // namespace

QStringList senderConsequences(const SenderOffer &present, const SenderOffer &chosen,
                               const QString &customer) {
    QStringList all{
        SenderWords::tr("%1 gets your next text from %2, a number they may not know, outside the thread "
                        "on their phone.")
            .arg(customer, chosen.sender.address.international())};
    if (present.sender.profileId != chosen.sender.profileId) {
        const QString profile =
            chosen.sender.profileName.isEmpty()
                ? SenderWords::tr("another messaging profile")
                : SenderWords::tr("the profile %1").arg(style::isolated(chosen.sender.profileName));
        all.append(
            SenderWords::tr("It belongs to %1, with its own campaign: what the customer agreed to for one "
                            "need not hold for the other, and opt-outs are kept apart.")
                .arg(profile));
    }
    all.append(kindSentence(present.sender.kind, chosen.sender.kind));
    if (chosen.sender.successRatio && *chosen.sender.successRatio < poorDelivery)
        all.append(SenderWords::tr("Only %1 % of its texts have arrived lately.")
                       .arg(qRound(*chosen.sender.successRatio * 100)));
    all.append(priceSentence(present, chosen));
    all.removeAll(QString());
    return all;
}

SenderChangeBar::SenderChangeBar(QWidget *parent)
    : Panel(style::Fill::Raised, parent)
    , m_title(new TonedLabel(style::TextTone::Text, this))
    , m_words(new TonedLabel(style::TextTone::Muted, this))
    , m_change(new QPushButton(tr("Change"), this))
    , m_keep(new QPushButton(tr("Keep"), this)) {
    setObjectName(QStringLiteral("senderChange"));
    setAccessibleName(tr("Before the sender changes"));
    setRadius(7);
    m_title->setObjectName(QStringLiteral("senderChangeTitle"));
    m_title->setStrong();
    m_words->setObjectName(QStringLiteral("senderChangeWords"));
    for (TonedLabel *label : {m_title, m_words})
        label->setTextSize(style::TextSize::Small);
    m_change->setObjectName(QStringLiteral("changeSender"));
    m_keep->setObjectName(QStringLiteral("keepSender"));
    m_keep->setToolTip(tr("The sender stays (Esc)"));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_words);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 10, 8);
    row->setSpacing(8);
    row->addLayout(words, 1);
    row->addWidget(m_change);
    row->addWidget(m_keep);
    connect(m_change, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT changeChosen(m_chosen);
    });
    connect(m_keep, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT keepChosen();
    });
    hide();
}

void SenderChangeBar::ask(const SenderOffer &present, const SenderOffer &chosen, const QString &customer) {
    m_chosen = chosen.sender.address;
    m_title->setText(tr("Answer from %1?").arg(style::isolated(senderInWords(chosen.sender))));
    m_words->setText(senderConsequences(present, chosen, style::isolated(customer)).join(u'\n'));
    setAccessibleDescription(m_title->text() + u' ' + m_words->text());
    m_keep->setAccessibleDescription(accessibleDescription());
    show();
    window()->setAttribute(Qt::WA_KeyboardFocusChange); // who came by a key must see where the keyboard is
    m_keep->setFocus(Qt::TabFocusReason);
}

void SenderChangeBar::keyPressEvent(QKeyEvent *event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape || (enter && !m_change->hasFocus()))
        m_keep->click();
    else if (enter)
        m_change->click();
    else
        Panel::keyPressEvent(event);
}

} // namespace longcode::composer
