#include "composer/quiet_notice.h"

#include "composer/later.h"
#include "composer/toned_label.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QTimeZone>
#include <QToolButton>

namespace longcode::composer {

QuietNotice::QuietNotice(QWidget *parent)
    : Panel(style::Fill::Raised, parent)
    , m_words(new TonedLabel(style::TextTone::Text, this))
    , m_schedule(new QPushButton(this))
    , m_kindButton(new QToolButton(this))
    , m_kinds(new QActionGroup(this)) {
    setObjectName(QStringLiteral("quietNotice"));
    setAccessibleName(tr("Quiet hours"));
    setRadius(7);
    m_words->setObjectName(QStringLiteral("quietWords"));
    m_words->setTextSize(style::TextSize::Small);
    m_schedule->setObjectName(QStringLiteral("quietSchedule"));
    m_schedule->setFont(style::textFont(font(), style::TextSize::Small));
    style::setButtonKind(m_schedule, style::ButtonKind::Link);
    m_kindButton->setObjectName(QStringLiteral("quietKind"));
    m_kindButton->setPopupMode(QToolButton::InstantPopup);
    m_kindButton->setAutoRaise(true);
    m_kindButton->setFocusPolicy(Qt::TabFocus);
    m_kindButton->setFont(style::textFont(font(), style::TextSize::Small));
    m_kindButton->setToolTip(tr("What this text is to the customer: stricter hours hold for promotion"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 8, 5);
    row->setSpacing(10);
    row->addWidget(m_words, 1);
    row->addWidget(m_schedule);
    row->addWidget(m_kindButton);
    addKinds();
    connect(m_schedule, &QPushButton::clicked, this,
            [this] { Q_EMIT scheduleRequested(m_verdict.nextAllowed); });
    hide();
}

void QuietNotice::addKinds() {
    auto *menu = new QMenu(m_kindButton);
    const auto add = [&](const QString &words, rules::MessageKind kind, const char *name) {
        auto *action = new QAction(words, this);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        action->setData(int(kind));
        m_kinds->addAction(action);
        menu->addAction(action);
    };
    add(tr("Conversation"), rules::MessageKind::Conversation, "kindConversationAction");
    add(tr("Reminder"), rules::MessageKind::Reminder, "kindReminderAction");
    add(tr("Promotion"), rules::MessageKind::Promotion, "kindPromotionAction");
    m_kindButton->setMenu(menu);
    setKind(rules::MessageKind::Conversation);
    connect(m_kinds, &QActionGroup::triggered, this, [this](QAction *action) {
        setKind(static_cast<rules::MessageKind>(action->data().toInt()));
        Q_EMIT kindChanged();
    });
}

QList<QAction *> QuietNotice::kindActions() const {
    return m_kinds->actions();
}

void QuietNotice::setKind(rules::MessageKind kind) {
    m_kind = kind;
    for (QAction *action : m_kinds->actions()) {
        if (action->data().toInt() != int(kind))
            continue;
        action->setChecked(true);
        m_kindButton->setText(action->text() + QStringLiteral(" ▾"));
        m_kindButton->setAccessibleName(tr("This text is: %1").arg(action->text()));
    }
}

void QuietNotice::forgetKind() {
    setKind(rules::MessageKind::Conversation);
}

void QuietNotice::say(const rules::QuietVerdict &verdict, const QDateTime &now) {
    m_verdict = verdict;
    if (!verdict.isQuiet()) {
        hide();
        return;
    }
    const rules::QuietHit &hit = verdict.hits.first();
    m_words->setText(rules::sentence(hit));
    QStringList all;
    for (const rules::QuietHit &each : verdict.hits)
        all.append(rules::sentence(each));
    m_words->setToolTip(style::plainToolTip(all.join(u'\n')));
    setAccessibleDescription(m_words->text());
    const bool offers = verdict.nextAllowed.isValid();
    m_schedule->setVisible(offers);
    if (offers) {
        const QTimeZone there(hit.zone);
        const QDateTime good = verdict.nextAllowed.toTimeZone(there);
        const bool today = good.date() == now.toTimeZone(there).date();
        m_schedule->setText(
            tr("Schedule for %1 their time")
                .arg(today ? clockText(good.time()) : momentInWords(verdict.nextAllowed, there, now)));
        m_schedule->setToolTip(bothClocks(verdict.nextAllowed, hit.zone, now));
    }
    show();
}

} // namespace longcode::composer
