#include "composer/composer.h"
#include "composer/composer_edit.h"
#include "composer/emoji_picker.h"
#include "composer/note_editor.h"
#include "composer/opt_out_sign.h"
#include "composer/quiet_notice.h"
#include "composer/sender_button.h"
#include "composer/sender_change.h"
#include "composer/spell_check.h"
#include "composer/toned_label.h"
#include "composer/undo_bar.h"
#include "desk/canned.h"
#include "desk/mms_hint.h"
#include "desk/opt_outs.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>

// What helps while writing: emoji, spelling, the sender's change, warnings; and the actions for menus.
namespace longcode::composer {

namespace {

constexpr int minute = 60'000; ///< ms

QString withKey(const QString &words, const QKeySequence &key) {
    return QStringLiteral("%1 (%2)").arg(words, key.toString(QKeySequence::NativeText));
}

const QKeySequence laterKey(Qt::CTRL | Qt::SHIFT | Qt::Key_Return);
const QKeySequence emojiKey(Qt::CTRL | Qt::Key_Period);
const QKeySequence undoKey(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace);
const QKeySequence senderKey(Qt::CTRL | Qt::SHIFT | Qt::Key_O);

} // namespace

void Composer::buildAids() {
    m_undo = new UndoBar(m_clock, this);
    m_scheduledBar = new style::Banner(style::BannerTone::Note, this);
    m_scheduledBar->setObjectName(QStringLiteral("scheduledBar"));
    m_scheduledBar->setIcon(style::IconName::Clock);
    m_scheduledBar->hide();
    m_quiet = new QuietNotice(this);
    m_senderChange = new SenderChangeBar(this);
    m_trap = new style::Banner(style::BannerTone::Warn, this);
    m_trap->setObjectName(QStringLiteral("composerTrap"));
    m_trap->hide();
    auto *mms = new TonedLabel(style::TextTone::Muted, this);
    mms->setTextSize(style::TextSize::Small);
    m_mms = mms;
    m_mms->setObjectName(QStringLiteral("mmsHint"));
    m_mms->hide();
    m_fill = new CannedFill(this);
    m_sign = new OptOutSign(this);
    m_minute.setParent(this);
    m_minute.setInterval(minute);
    m_minute.start();
}

void Composer::addToolButtons(QHBoxLayout *row) {
    const auto add = [&](style::IconName icon, const QString &name, const char *object,
                         const QKeySequence &key) {
        auto *button = new QPushButton(m_tools);
        button->setIcon(style::icon(icon));
        button->setObjectName(QLatin1String(object));
        button->setAccessibleName(name);
        button->setToolTip(withKey(name, key));
        button->setFixedWidth(32);
        style::setButtonKind(button, style::ButtonKind::Quiet);
        row->addWidget(button);
        return button;
    };
    m_emoji = add(style::IconName::Smile, tr("Insert an emoji"), "emojiButton", emojiKey);
    m_later = add(style::IconName::Clock, tr("Send later"), "sendLaterButton", laterKey);
}

void Composer::connectAids() {
    m_spelling = new SpellCheck(*m_edit, m_habits, this);
    connect(m_spelling, &SpellCheck::wordNotKept, this, &Composer::refuse);
    connect(m_emoji, &QPushButton::clicked, this, &Composer::offerEmoji);
    connect(m_later, &QPushButton::clicked, this, &Composer::sendLater);
    connect(m_undo, &UndoBar::undoRequested, this, &Composer::undoSend);
    connect(m_undo, &UndoBar::isOver, this, [this] {
        if (m_conversation)
            m_held.remove(m_conversation->id);
        enableActions();
    });
    connect(m_edit, &ComposerEdit::undoBeyondText, this, &Composer::undoSend);
    QPushButton *back = m_scheduledBar->addAction(tr("Take back"));
    back->setObjectName(QStringLiteral("scheduledTakeBack"));
    connect(back, &QPushButton::clicked, this, &Composer::unschedule);
    QPushButton *all = m_scheduledBar->addAction(tr("Show all"));
    all->setObjectName(QStringLiteral("scheduledShowAll"));
    connect(all, &QPushButton::clicked, this, &Composer::scheduleListRequested);
    connect(m_quiet, &QuietNotice::kindChanged, this, &Composer::showQuiet);
    connect(m_quiet, &QuietNotice::scheduleRequested, this, &Composer::scheduleFor);
    connect(&m_minute, &QTimer::timeout, this, &Composer::showQuiet);
    connect(m_sender, &SenderButton::chosen, this, &Composer::askSender);
    connect(m_senderChange, &SenderChangeBar::changeChosen, this, [this](const phone::Address &own) {
        if (m_conversation)
            m_outbox.setSender(m_conversation->id, own);
        focusText();
    });
    connect(m_senderChange, &SenderChangeBar::keepChosen, this, &Composer::focusText);
    connect(m_fill, &CannedFill::filled, this, &Composer::takeFilled);
    connect(m_fill, &CannedFill::left, this, &Composer::focusText);
    connect(m_sign, &OptOutSign::noteRequested, this, [this] {
        setMode(ComposerMode::Note);
        focusText();
    });
    if (!m_optOuts)
        return;
    connect(m_optOuts, &desk::OptOuts::blockChanged, this, [this](desk::ConversationId id) {
        if (m_conversation && m_conversation->id == id)
            refresh(desk::Conversation(*m_conversation));
    });
}

QAction *Composer::addOne(const char *name, const QString &text, const QKeySequence &key,
                          void (Composer::*act)()) {
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    m_actions.append(action);
    return action;
}

void Composer::addActions() {
    QAction *now = addOne("sendAction", tr("Send"), QKeySequence(Qt::CTRL | Qt::Key_Return), &Composer::send);
    // The field has this key itself; the menu only shows it.
    now->setShortcutContext(Qt::WidgetShortcut);
    addOne("sendLaterAction", tr("Send later…"), laterKey, &Composer::sendLater);
    addOne("undoSendAction", tr("Undo sending"), undoKey, &Composer::undoSend);
    addOne("emojiAction", tr("Insert emoji…"), emojiKey, &Composer::offerEmoji);
    addOne("senderAction", tr("Answer from another number…"), senderKey, &Composer::chooseSender);
    for (QAction *kind : m_quiet->kindActions()) {
        addAction(kind);
        m_actions.append(kind);
    }
}

void Composer::enableActions() {
    const bool reply = m_conversation && m_mode == ComposerMode::Reply && !isOptedOut();
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(reply);
    for (QAction *action : std::as_const(m_actions)) {
        if (action->objectName() == QLatin1String("undoSendAction"))
            action->setEnabled(m_conversation && m_held.contains(m_conversation->id));
    }
}

void Composer::offerEmoji() {
    if (!m_conversation || isOptedOut())
        return;
    setMode(ComposerMode::Reply);
    if (!m_emojiPicker) {
        m_emojiPicker = new EmojiPicker(m_habits, window());
        connect(m_emojiPicker, &EmojiPicker::chosen, this, &Composer::insertText);
    }
    m_emojiPicker->open(m_field);
}

void Composer::chooseSender() {
    if (m_mode == ComposerMode::Note)
        setMode(ComposerMode::Reply); // a note has no sender
    if (m_sender->isVisible())
        m_sender->showMenu();
}

void Composer::askSender(const phone::Address &own) {
    if (!m_conversation)
        return;
    SenderOffer present;
    present.sender = m_sender->currentSender().value_or(desk::Sender());
    if (present.sender.address.isEmpty()) { // no longer in the account
        present.sender.address = m_conversation->own;
        present.sender.kind = desk::senderKind(m_conversation->own);
    }
    present.price = m_outbox.priceEstimate(m_conversation->own, m_conversation->peer);
    const QList<desk::Sender> senders = m_account.senders();
    for (const desk::Sender &sender : senders) {
        if (!(sender.address == own))
            continue;
        const SenderOffer chosen{sender, m_outbox.priceEstimate(own, m_conversation->peer)};
        const QString name = m_conversation->name;
        m_senderChange->ask(present, chosen, name.isEmpty() ? m_conversation->peer.international() : name);
    }
}

void Composer::showTrap() {
    const QString word = desk::trapWord(text());
    m_trap->setText(word.isEmpty() ? QString() : desk::trapInWords(word));
}

/// Only a hint: what to do with it is the person's business.
void Composer::showMmsHint() {
    std::optional<desk::MmsHint> hint;
    if (m_conversation)
        hint = desk::cheaperAsMms(m_figures.counted, m_terms.kind, m_terms.price,
                                  m_outbox.mmsEstimate(m_conversation->own, m_conversation->peer));
    m_mms->setText(hint ? hint->sentence : QString());
}

void Composer::learnSpelling() {
    m_spelling->setContext({m_conversation->name, m_conversation->language});
}

} // namespace longcode::composer
