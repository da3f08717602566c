#include "composer/composer.h"
#include "composer/composer_edit.h"
#include "composer/encoding_notice.h"
#include "composer/field_frame.h"
#include "composer/note_editor.h"
#include "composer/opt_out_sign.h"
#include "composer/quiet_notice.h"
#include "composer/segment_meter.h"
#include "composer/sender_button.h"
#include "composer/sender_change.h"
#include "composer/undo_bar.h"
#include "desk/opt_outs.h"
#include "style/banner.h"
#include "style/chip.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"
#include "style/theme.h"
#include "team/presence_line.h"
#include "team/send_guard_bar.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

// The composer's widgets: building them, and putting what is known into words. What it does is in
// composer.cpp.
#include <utility>

namespace longcode::composer {

namespace {

/// How long after a keystroke colleagues are told that one is answering.
constexpr std::chrono::seconds answeringLasts{15};

QLabel *plainLabel(const QString &name, style::TextTone tone, style::TextWeight weight, QWidget *parent) {
    auto *label = new style::ElidedLabel(style::TextSize::Small, tone, parent);
    label->setTextSize(style::TextSize::Small, weight);
    label->setObjectName(name);
    return label;
}

QString inOneLine(const Failure &failure) {
    return failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy;
}

} // namespace

Composer::Composer(const ComposerServices &services, QWidget *parent)
    : QWidget(parent)
    , m_outbox(services.outbox)
    , m_account(services.account)
    , m_team(services.team)
    , m_schedule(services.schedule)
    , m_optOuts(services.optOuts)
    , m_clock(services.clock)
    , m_habits(services.habits)
    , m_presence(new team::PresenceLine(services.team, this))
    , m_guard(new team::SendGuardBar(this))
    , m_note(new NoteEditor(services.team, services.outbox, this)) {
    setObjectName(QStringLiteral("composer"));
    // Not fixed: sentences that wrap need the height that follows from the width.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_problem = new style::Banner(style::BannerTone::Danger, this);
    m_problem->setObjectName(QStringLiteral("composerProblem"));
    m_problem->hide();
    m_notice = new EncodingNoticeBar(this);
    buildAids();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 9, 14, 10);
    column->setSpacing(7);
    for (QWidget *part : std::initializer_list<QWidget *>{
             m_presence, m_guard, m_undo, m_scheduledBar, m_problem, m_quiet, m_senderChange, m_trap, m_fill,
             m_notice, buildTools(), buildReply(), m_mms, m_note, m_sign})
        column->addWidget(part);
    m_typingPause.setParent(this);
    m_typingPause.setObjectName(QStringLiteral("typingPause"));
    m_typingPause.setSingleShot(true);
    m_typingPause.setInterval(answeringLasts);
    connectParts();
    connectAids();
    addActions();
    setSendKey(SendKey::Enter);
    colour();
    close();
    learnCanned();
}

void Composer::connectParts() {
    connect(m_edit, &ComposerEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit, &ComposerEdit::sendRequested, this, &Composer::send);
    connect(m_edit, &ComposerEdit::slashTyped, this, [this] { openCanned(CannedPopup::Opener::Slash); });
    connect(m_edit, &ComposerEdit::pasteRefused, this, [this](qsizetype length) {
        refuse({tr("What you pasted has %1 characters; a message holds at most 1530. Nothing was pasted.")
                    .arg(length),
                {}});
    });
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_canned, &QPushButton::clicked, this, &Composer::offerCannedReplies);
    connect(m_notice, &EncodingNoticeBar::replaceRequested, this, [this] {
        m_edit->replaceForcing();
        focusText();
    });
    const auto again = [this] {
        if (m_conversation)
            refresh(desk::Conversation(*m_conversation));
    };
    connect(&m_account, &desk::Account::sendersChanged, this, again);
    connect(&m_account, &desk::Account::alphabetChanged, this, again);
    connect(&m_team, &desk::Team::cannedRepliesChanged, this, &Composer::learnCanned);
    connect(&m_typingPause, &QTimer::timeout, this, &Composer::stopTyping);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) {
        setMode(static_cast<ComposerMode>(id));
        focusText();
        tellActivity();
    });
    connect(m_note, &NoteEditor::written, this, &Composer::noteWritten);
    connect(m_guard, &team::SendGuardBar::keepEditingChosen, this, &Composer::answerQuestion);
    connect(m_guard, &team::SendGuardBar::sendAnywayChosen, this, [this] {
        answerQuestion();
        send();
    });
}

QWidget *Composer::buildTools() {
    m_tools = new QWidget(this);
    auto *row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_modes = new QButtonGroup(this);
    const auto addMode = [&](const QString &text, ComposerMode mode, const char *name) {
        auto *chip = new style::Chip(text, m_tools);
        chip->setObjectName(QLatin1String(name));
        m_modes->addButton(chip, int(mode));
        row->addWidget(chip);
        return chip;
    };
    addMode(tr("Reply", "to the customer"), ComposerMode::Reply, "replyMode")
        ->setToolTip(tr("Write a text to the customer"));
    addMode(tr("Note", "for colleagues"), ComposerMode::Note, "noteMode")
        ->setToolTip(
            tr("Write a note that the customer never sees (%1)")
                .arg(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N).toString(QKeySequence::NativeText)));
    m_canned = new QPushButton(tr("/ Canned"), m_tools);
    m_canned->setObjectName(QStringLiteral("cannedButton"));
    m_canned->setAccessibleName(tr("Canned replies"));
    m_canned->setToolTip(tr("Insert a text kept ready (type / where the text begins)"));
    m_canned->setFont(style::textFont(font(), style::TextSize::Small));
    style::setButtonKind(m_canned, style::ButtonKind::Quiet);
    m_sender = new SenderButton(m_account, m_tools);
    row->addSpacing(4);
    row->addWidget(m_canned);
    addToolButtons(row);
    row->addStretch(1);
    row->addWidget(m_sender);
    return m_tools;
}

QWidget *Composer::buildReply() {
    m_reply = new QWidget(this);
    auto *column = new QVBoxLayout(m_reply);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(7);
    m_edit = new ComposerEdit(m_reply);
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_edit->setAccessibleName(tr("Message text"));
    m_edit->setPlaceholderText(tr("Write a text message"));
    m_field = new FieldFrame(m_edit, m_reply);
    column->addWidget(m_field);
    column->addWidget(buildFigures());
    m_alternativeRow = new QHBoxLayout;
    column->addLayout(m_alternativeRow);
    return m_reply;
}

QWidget *Composer::buildFigures() {
    auto *figures = new QWidget(this);
    m_figureRow = new QHBoxLayout(figures);
    m_figureRow->setContentsMargins(0, 0, 0, 0);
    m_figureRow->setSpacing(10);
    m_meter = new SegmentMeter(figures);
    m_meter->setObjectName(QStringLiteral("segmentMeter"));
    m_meter->setAccessibleName(tr("Segments"));
    m_segments =
        plainLabel(QStringLiteral("segmentCount"), style::TextTone::Text, style::TextWeight::Strong, figures);
    m_detail = plainLabel(QStringLiteral("segmentDetail"), style::TextTone::Muted, style::TextWeight::Normal,
                          figures);
    m_cost =
        plainLabel(QStringLiteral("segmentCost"), style::TextTone::Muted, style::TextWeight::Normal, figures);
    addAlternative(figures);
    m_send = new QPushButton(tr("Send"), figures);
    // The key stands behind the word.
    m_send->setLayoutDirection(isRightToLeft() ? Qt::LeftToRight : Qt::RightToLeft);
    m_send->setIcon(style::icon(style::IconName::KeyboardReturn, style::IconTone::OnAccent));
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setAccessibleName(tr("Send"));
    style::setButtonKind(m_send, style::ButtonKind::Primary);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_meter, m_segments, m_detail, m_cost, m_alternativeGroup})
        m_figureRow->addWidget(widget);
    m_figureRow->addStretch(1);
    m_figureRow->addWidget(m_send);
    return figures;
}

void Composer::addAlternative(QWidget *figures) {
    m_alternativeGroup = new QWidget(figures);
    auto *group = new QHBoxLayout(m_alternativeGroup);
    group->setContentsMargins(0, 0, 0, 0);
    group->setSpacing(4);
    m_alternative = plainLabel(QStringLiteral("smartEncodingHint"), style::TextTone::Muted,
                               style::TextWeight::Normal, m_alternativeGroup);
    m_alternativeValue = plainLabel(QStringLiteral("smartEncodingValue"), style::TextTone::Accent,
                                    style::TextWeight::Strong, m_alternativeGroup);
    group->addWidget(m_alternative);
    group->addWidget(m_alternativeValue);
    group->addStretch(1);
}

void Composer::showFigures() {
    m_edit->setMarks(m_figures.diagnosis.forcing, m_figures.notice.highlighted,
                     m_figures.excess ? m_figures.excess->start : -1);
    m_meter->setFills(m_figures.fills);
    const bool empty = m_figures.counted.segments == 0;
    m_meter->setVisible(!empty);
    m_segments->setText(empty ? QString() : m_figures.segments);
    m_detail->setText(m_figures.detail);
    m_cost->setText(m_figures.cost);
    m_cost->setToolTip(m_terms.price.learned
                           ? tr("From what this account last paid for such a message")
                           : tr("From the published sample rate; carriers' fees come on top"));
    m_alternative->setText(m_figures.alternative);
    m_alternativeValue->setText(m_figures.alternativeValue);
    QStringList spoken{m_figures.segments, m_figures.detail, m_figures.cost};
    spoken.removeAll(QString());
    m_meter->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    placeAlternative();
    showMmsHint();
    m_notice->say(m_figures.notice);
    showProblems();
}

void Composer::showProblems() {
    const bool blank = text().trimmed().isEmpty();
    const bool leaves = m_conversation && !m_obstacle && !m_figures.excess && !blank;
    m_send->setEnabled(leaves);
    m_later->setEnabled(leaves);
    QString sentence;
    if (!m_refusal.what.isEmpty())
        sentence = inOneLine(m_refusal);
    else if (m_obstacle)
        sentence = inOneLine(m_obstacle->sentence);
    else if (m_figures.excess)
        sentence = m_figures.excess->sentence;
    m_problem->setText(sentence);
    showParts();
}

bool Composer::isOptedOut() const {
    const bool refusesTexts = m_obstacle && m_obstacle->kind == desk::SendProblemKind::OptedOut;
    return m_conversation && (m_conversation->optOut || refusesTexts || knownBlock().has_value());
}

void Composer::showParts() {
    const bool note = m_mode == ComposerMode::Note;
    const bool reply = !note && !isOptedOut();
    m_reply->setVisible(reply);
    m_note->setVisible(note);
    m_sign->setVisible(!note && !reply);
    m_sender->setVisible(reply);
    m_emoji->setVisible(reply);
    m_later->setVisible(reply && m_schedule);
    m_quiet->setVisible(reply && m_quiet->hasWords());
    m_mms->setVisible(reply && !m_mms->text().isEmpty());
    m_trap->setVisible(reply && !m_trap->text().isEmpty());
    if (!reply) {
        m_senderChange->hide();
        m_fill->dismiss();
    }
    m_canned->setVisible(reply && (m_hasCanned || m_team.may(desk::TeamPermission::ManageShared)));
    m_edit->setSlashAsks(m_hasCanned);
    m_notice->setVisible(reply && m_figures.notice.weight != NoticeWeight::None);
    m_problem->setVisible(reply && !m_problem->text().isEmpty());
    m_tools->setEnabled(m_conversation.has_value());
    enableActions();
    const bool hasNoSender = m_obstacle && m_obstacle->kind == desk::SendProblemKind::NoSender;
    const bool takes = m_conversation && !isOptedOut() && !hasNoSender;
    if (takes != std::exchange(m_takesReply, takes))
        Q_EMIT takesReplyChanged(takes);
    updateGeometry();
}

std::optional<desk::Block> Composer::knownBlock() const {
    return m_optOuts ? m_optOuts->block(m_conversation->id) : std::nullopt;
}

/// What the list of opt-outs knows, else what the conversation and the outbox say.
desk::Block Composer::presentBlock() const {
    if (const std::optional<desk::Block> block = knownBlock())
        return *block;
    desk::Block block;
    block.title = tr("This customer opted out");
    if (m_conversation->optOut)
        block.title = tr("This customer opted out: %1 on %2")
                          .arg(m_conversation->optOut->keyword,
                               QLocale().toString(m_conversation->optOut->since.toLocalTime(),
                                                  tr("d MMM yyyy, HH:mm", "moment of an opt-out")));
    const bool refusesTexts = m_obstacle && m_obstacle->kind == desk::SendProblemKind::OptedOut;
    block.what = refusesTexts ? inOneLine(m_obstacle->sentence)
                              : tr("They must not be texted from this number until they text START.");
    return block;
}

void Composer::showSign() {
    showParts();
    if (!isOptedOut())
        return;
    const QList<desk::Sender> senders = m_account.senders();
    const std::optional<desk::Sender> present = m_sender->currentSender();
    const bool others = std::any_of(senders.cbegin(), senders.cend(), [&](const desk::Sender &sender) {
        return present && sender.profileId != present->profileId;
    });
    m_sign->say(presentBlock(), others);
}

void Composer::placeAlternative() {
    const bool offered = !m_figures.alternative.isEmpty();
    m_alternativeGroup->setVisible(offered);
    if (!offered)
        return;
    int needed =
        m_send->sizeHint().width() + m_alternativeGroup->sizeHint().width() + m_meter->sizeHint().width();
    for (const QLabel *label : {m_segments, m_detail, m_cost})
        needed += label->sizeHint().width();
    needed += m_figureRow->spacing() * 6 + 28;
    const bool fits = needed <= width();
    const bool above = m_figureRow->indexOf(m_alternativeGroup) >= 0;
    if (fits == above)
        return;
    if (fits)
        m_figureRow->insertWidget(4, m_alternativeGroup);
    else
        m_alternativeRow->addWidget(m_alternativeGroup);
}

void Composer::colour() {
    const style::Tokens &tokens = style::tokensFor(this);
    m_edit->setMarkColors(tokens.warn, tokens.danger);
    update();
}

void Composer::changeEvent(QEvent *event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        colour();
    QWidget::changeEvent(event);
}

void Composer::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    placeAlternative();
}

void Composer::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(0, 0, width(), 1, tokens.border);
}

} // namespace longcode::composer
