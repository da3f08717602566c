#include "composer/send_later_dialog.h"

#include "composer/field_frame.h"
#include "composer/figures.h"
#include "composer/later.h"
#include "composer/toned_label.h"
#include "desk/canned.h"
#include "desk/schedule.h"
#include "style/calendar.h"
#include "style/console_style.h"
#include "style/flow_layout.h"
#include "style/plain_text.h"

#include <QCalendarWidget>
#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

#include <utility>

namespace longcode::composer {

namespace {

constexpr int dialogWidth = 460;

QString obstacleLine(const Failure &failure) {
    return failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy;
}

} // namespace

SendLaterDialog::SendLaterDialog(desk::Schedule &schedule, const Clock &clock, const LaterSubject &subject,
                                 QWidget *parent)
    : QDialog(parent)
    , m_schedule(schedule)
    , m_clock(clock)
    , m_subject(subject)
    , m_date(new QDateEdit(this))
    , m_time(new QTimeEdit(this))
    , m_zones(new QComboBox(this)) {
    setObjectName(QStringLiteral("sendLaterDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(isChange() ? tr("Change scheduled text") : tr("Send later"));
    fillZones();
    build();
    const QTimeZone there(zone());
    setMoment(isChange() ? subject.at : quickTimes(clock.now(), there).value(0).utc);
    connect(m_date, &QDateEdit::dateChanged, this, &SendLaterDialog::pickersChanged);
    connect(m_time, &QTimeEdit::timeChanged, this, &SendLaterDialog::pickersChanged);
    connect(m_zones, &QComboBox::currentIndexChanged, this, &SendLaterDialog::zoneChanged);
    pickersChanged();
    (m_text ? static_cast<QWidget *>(m_text) : m_time)->setFocus();
}

void SendLaterDialog::build() {
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(12);
    const QString name = m_subject.conversation.name.isEmpty() ? m_subject.conversation.peer.international()
                                                               : style::isolated(m_subject.conversation.name);
    auto *heading = new TonedLabel(style::TextTone::Text, this);
    heading->setObjectName(QStringLiteral("laterHeading"));
    heading->setStrong();
    heading->setText(tr("When is %1 to get this text?").arg(name));
    column->addWidget(heading);
    if (isChange())
        buildText(column);
    m_choices = {buildQuickTimes(), buildPickers()};
    for (QWidget *choice : std::as_const(m_choices))
        column->addWidget(choice);
    buildWords(column);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_confirm =
        buttons->addButton(isChange() ? tr("&Change") : tr("&Schedule"), QDialogButtonBox::AcceptRole);
    m_confirm->setObjectName(QStringLiteral("laterConfirm"));
    m_confirm->setDefault(true);
    style::setButtonKind(m_confirm, style::ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &SendLaterDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &SendLaterDialog::reject);
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(dialogWidth);
}

void SendLaterDialog::buildText(QVBoxLayout *column) {
    m_text = new QPlainTextEdit(m_subject.text, this);
    m_text->setObjectName(QStringLiteral("laterText"));
    m_text->setAccessibleName(tr("Message text"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 4 + 10);
    m_segments = new TonedLabel(style::TextTone::Muted, this);
    m_segments->setObjectName(QStringLiteral("laterSegments"));
    column->addWidget(new FieldFrame(m_text, this));
    column->addWidget(m_segments);
    connect(m_text, &QPlainTextEdit::textChanged, this, &SendLaterDialog::pickersChanged);
}

QWidget *SendLaterDialog::buildQuickTimes() {
    auto *quick = new QWidget(this);
    auto *flow = new style::FlowLayout(6, quick);
    flow->setContentsMargins(0, 0, 0, 0);
    int number = 0;
    for (const QuickTime &time : quickTimes(m_clock.now(), QTimeZone(zone()))) {
        auto *button = new QPushButton(time.words, quick);
        button->setObjectName(QStringLiteral("laterQuick%1").arg(++number));
        button->setAutoDefault(false);
        button->setToolTip(bothClocks(time.utc, zone(), m_clock.now()));
        flow->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, at = time.utc] {
            setMoment(at);
            m_confirm->setFocus(); // Enter is all that is left to do
        });
    }
    return quick;
}

QWidget *SendLaterDialog::buildPickers() {
    auto *pickers = new QWidget(this);
    auto *row = new QHBoxLayout(pickers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_date->setObjectName(QStringLiteral("laterDate"));
    m_date->setAccessibleName(tr("Date"));
    m_date->setCalendarPopup(true);
    style::dressCalendar(*m_date->calendarWidget());
    m_date->setDisplayFormat(tr("ddd d MMM yyyy", "date picker"));
    m_date->setMinimumWidth(
        m_date->fontMetrics().horizontalAdvance(QStringLiteral("Wed 30 May 2026 000000")));
    m_time->setObjectName(QStringLiteral("laterTime"));
    m_time->setDisplayFormat(clockFormat());
    m_time->setMinimumWidth(m_time->fontMetrics().horizontalAdvance(QStringLiteral("00:00 AM 00")));
    m_time->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys step it
    m_time->setAccessibleName(tr("Time"));
    m_zones->setObjectName(QStringLiteral("laterZone"));
    m_zones->setAccessibleName(tr("On the clock of"));
    row->addWidget(m_date);
    row->addWidget(m_time);
    row->addWidget(m_zones, 1);
    return pickers;
}

void SendLaterDialog::buildWords(QVBoxLayout *column) {
    const auto words = [&](const char *name, style::TextTone tone) {
        auto *label = new TonedLabel(tone, this);
        label->setObjectName(QLatin1String(name));
        column->addWidget(label);
        return label;
    };
    m_when = words("laterWhen", style::TextTone::Text);
    m_fate = words("laterFate", style::TextTone::Warn);
    m_kept = words("laterKept", style::TextTone::Muted);
    m_quiet = words("laterQuiet", style::TextTone::Warn);
    m_obstacle = words("laterObstacle", style::TextTone::Danger);
    m_answer = words("laterAnswer", style::TextTone::Danger);
}

void SendLaterDialog::fillZones() {
    const QByteArray own = QTimeZone::systemTimeZoneId();
    for (const QByteArray &one : zonesOf(m_subject.conversation)) {
        if (one != own)
            m_zones->addItem(tr("Time in %1").arg(rules::zonePlace(one)), one);
    }
    m_zones->addItem(tr("Your time (%1)").arg(rules::zonePlace(own)), own);
    m_zone = zone();
}

QByteArray SendLaterDialog::zone() const {
    return m_zones->currentData().toByteArray();
}

void SendLaterDialog::setMoment(const QDateTime &utc) {
    const QDateTime there = utc.toTimeZone(QTimeZone(zone()));
    {
        const QSignalBlocker quiet(m_date);
        m_date->setDate(there.date());
    }
    const QSignalBlocker quiet(m_time);
    m_time->setTime(QTime(there.time().hour(), there.time().minute()));
    pickersChanged();
}

/// The moment stays, the clock it is read from changes.
void SendLaterDialog::zoneChanged() {
    const QDateTime same = momentAt(m_date->date(), m_time->time(), QTimeZone(m_zone)).utc;
    m_zone = zone();
    setMoment(same);
}

LocalMoment SendLaterDialog::picked() const {
    return momentAt(m_date->date(), m_time->time(), QTimeZone(zone()));
}

QDateTime SendLaterDialog::moment() const {
    return picked().utc;
}

void SendLaterDialog::pickersChanged() {
    if (!m_confirm)
        return;
    const LocalMoment chosenMoment = picked();
    const QDateTime at = chosenMoment.utc;
    const auto say = [](QLabel *label, const QString &words) {
        label->setText(words);
        label->setVisible(!words.isEmpty());
    };
    std::optional<Failure> obstacle = m_schedule.obstacle(at);
    if (m_text) {
        const QString text = m_text->toPlainText();
        m_segments->setText(figuresOf(text, {}).segments);
        if (!obstacle)
            obstacle = desk::unexpanded(text);
        if (!obstacle && text.trimmed().isEmpty())
            obstacle = Failure{tr("There is nothing to send."), tr("Write a text first.")};
    }
    say(m_when, bothClocks(at, zone(), m_clock.now()));
    say(m_fate, fateInWords(chosenMoment, m_time->time(), QTimeZone(zone())));
    const bool kept = !obstacle && m_schedule.wouldBeKeptHere(at);
    say(m_kept, kept ? tr("Telnyx takes texts five days ahead. Until then this one is kept on this computer, "
                          "and Longcode must be running when its time comes near.")
                     : QString());
    showQuiet(at);
    say(m_obstacle, obstacle ? obstacleLine(*obstacle) : QString());
    m_answer->hide();
    m_askedOnce = false;
    m_confirm->setEnabled(!obstacle && !m_isChanging);
    m_confirm->setAccessibleDescription(m_when->text());
}

void SendLaterDialog::showQuiet(const QDateTime &at) {
    const desk::Conversation &conversation = m_subject.conversation;
    const std::optional<QByteArray> contactZone =
        conversation.zone.isEmpty() ? std::nullopt : std::optional(conversation.zone);
    const rules::QuietVerdict verdict = rules::quietAt(conversation.peer, at, contactZone, m_subject.kind);
    m_quiet->setText(verdict.isQuiet() ? rules::sentence(verdict.hits.first()) : QString());
    m_quiet->setVisible(verdict.isQuiet());
}

void SendLaterDialog::confirm() {
    const QDateTime at = moment();
    if (m_schedule.obstacle(at)) { // time has passed while the dialog was open
        pickersChanged();
        return;
    }
    if (!m_text) {
        Q_EMIT chosen(at, m_subject.text);
        accept();
        return;
    }
    setChanging(true);
    Q_EMIT chosen(at, m_text->toPlainText());
}

void SendLaterDialog::setChanging(bool changing) {
    m_isChanging = changing;
    m_text->setReadOnly(changing);
    for (QWidget *choice : std::as_const(m_choices))
        choice->setEnabled(!changing);
    pickersChanged();
}

void SendLaterDialog::changeFailed(const Failure &why) {
    setChanging(false);
    m_answer->setTone(style::TextTone::Danger);
    m_answer->setText(obstacleLine(why));
    m_answer->show();
    m_text->setFocus();
}

void SendLaterDialog::reject() {
    if (!m_text || !m_text->document()->isModified() || m_askedOnce) {
        QDialog::reject();
        return;
    }
    m_askedOnce = true;
    m_answer->setTone(style::TextTone::Warn);
    m_answer->setText(m_isChanging
                          ? tr("The change is not certain yet. Cancel again to close this; it goes on.")
                          : tr("What you changed is not saved. Cancel again to throw it away."));
    m_answer->show();
}

} // namespace longcode::composer
