#include "inbox/snooze_menu.h"

#include "inbox/when.h"
#include "style/calendar.h"
#include "style/console_style.h"

#include <QCalendarWidget>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::inbox {

namespace {

constexpr int hoursLater = 3;
constexpr int lastHourToday = 21;
const QTime morning(9, 0);
constexpr int secondsOfHour = 3600;

QDateTime morningOf(const QDate &day) {
    return {day, morning, Qt::LocalTime};
}

} // namespace

SnoozeTimes snoozeTimes(const QDateTime &now) {
    const QDateTime local = now.toLocalTime();
    const QDate today = local.date();
    SnoozeTimes times;
    QDateTime later(today, QTime(local.time().hour(), 0), Qt::LocalTime);
    later = later.addSecs((hoursLater + (local.time().minute() > 0 ? 1 : 0)) * secondsOfHour);
    if (later.date() == today && later.time().hour() <= lastHourToday)
        times.laterToday = later;
    times.tomorrow = morningOf(today.addDays(1));
    times.monday = morningOf(today.addDays(8 - today.dayOfWeek()));
    return times;
}

SnoozeDialog::SnoozeDialog(const Clock &clock, QWidget *parent)
    : QDialog(parent), m_clock(clock), m_when(new QDateTimeEdit(this)), m_problem(new QLabel(this)) {
    setObjectName(QStringLiteral("snoozeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Snooze until"));
    m_when->setObjectName(QStringLiteral("snoozeWhen"));
    m_when->setAccessibleName(tr("Until when"));
    m_when->setCalendarPopup(true);
    style::dressCalendar(*m_when->calendarWidget());
    m_when->setDisplayFormat(tr("ddd d MMM yyyy HH:mm", "format of a day and time that is typed"));
    m_when->setDateTime(snoozeTimes(clock.now()).tomorrow);
    m_problem->setObjectName(QStringLiteral("snoozeProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_take = new QPushButton(tr("Snooze"), this);
    m_take->setObjectName(QStringLiteral("snoozeTake"));
    style::setButtonKind(m_take, style::ButtonKind::Primary);
    m_take->setDefault(true);
    connect(m_take, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(m_when->dateTime());
        accept();
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(8);
    auto *words = new QLabel(tr("Out of the open lists until then, or until the customer writes."), this);
    words->setTextFormat(Qt::PlainText);
    column->addWidget(words);
    column->addWidget(m_when);
    column->addWidget(m_problem);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_take);
    column->addLayout(row);
    connect(m_when, &QDateTimeEdit::dateTimeChanged, this, &SnoozeDialog::judge);
    judge();
}

void SnoozeDialog::judge() {
    const bool ahead = m_when->dateTime() > m_clock.now();
    m_problem->setText(ahead ? QString() : tr("This moment has passed. Choose a later one."));
    m_take->setEnabled(ahead);
}

SnoozeMenu::SnoozeMenu(const Clock &clock, QWidget *parent) : QMenu(parent), m_clock(clock) {
    setObjectName(QStringLiteral("snoozeMenu"));
    setTitle(tr("Snooze"));
    connect(this, &QMenu::aboutToShow, this, &SnoozeMenu::fill);
}

void SnoozeMenu::add(const QString &words, const QDateTime &until, const char *objectName) {
    QAction *entry = addAction(words);
    entry->setObjectName(QLatin1String(objectName));
    connect(entry, &QAction::triggered, this, [this, until] { Q_EMIT chosen(until); });
}

void SnoozeMenu::fill() {
    clear();
    const SnoozeTimes times = snoozeTimes(m_clock.now());
    if (times.laterToday)
        add(tr("Later today, %1").arg(timeOfDay(*times.laterToday)), *times.laterToday, "snoozeLaterToday");
    add(tr("Tomorrow, %1").arg(timeOfDay(times.tomorrow)), times.tomorrow, "snoozeTomorrow");
    if (times.monday != times.tomorrow)
        add(tr("Monday, %1").arg(timeOfDay(times.monday)), times.monday, "snoozeMonday");
    QAction *pick = addAction(tr("Pick a time…"));
    pick->setObjectName(QStringLiteral("snoozePick"));
    connect(pick, &QAction::triggered, this, [this] {
        auto *dialog = new SnoozeDialog(m_clock, parentWidget() ? parentWidget()->window() : nullptr);
        connect(dialog, &SnoozeDialog::chosen, this, &SnoozeMenu::chosen);
        dialog->open();
    });
    if (!m_isSnoozed)
        return;
    addSeparator();
    add(tr("Wake up now"), QDateTime(), "snoozeEnd");
}

} // namespace longcode::inbox
