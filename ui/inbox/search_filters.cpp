#include "inbox/search_filters.h"

#include "style/calendar.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QCalendarWidget>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>

#include <array>

namespace longcode::inbox {

namespace {

using desk::MessageState;
constexpr std::array searchedStates{
    MessageState::Received,    MessageState::Delivered, MessageState::Sent,
    MessageState::Unconfirmed, MessageState::Failed,    MessageState::Rejected,
    MessageState::Uncertain,   MessageState::Scheduled, MessageState::Cancelled};
constexpr int anyState = -1;
/// The day before all others stands for none.
const QDate noDay(2000, 1, 1);
constexpr int longestCode = 40;

QString nameOf(const phone::Address &own, const desk::Account &account) {
    for (const desk::Sender &sender : account.senders()) {
        if (sender.address == own && !sender.profileName.isEmpty())
            return style::singleLine(sender.profileName) + u' ' + own.international();
    }
    return own.international();
}

QString shortDay(const QDate &day) {
    return QLocale().toString(day, SearchFilters::tr("d MMM yyyy", "a day, date format"));
}

} // namespace

QList<SearchNarrowing> narrowingsOf(const desk::SearchQuery &query, const desk::Account &account) {
    QList<SearchNarrowing> all;
    if (query.own)
        all << SearchNarrowing{nameOf(*query.own, account), [](desk::SearchQuery &q) { q.own.reset(); }};
    if (query.from.isValid())
        all << SearchNarrowing{SearchFilters::tr("From %1").arg(shortDay(query.from)),
                               [](desk::SearchQuery &q) { q.from = {}; }};
    if (query.to.isValid())
        all << SearchNarrowing{SearchFilters::tr("Until %1").arg(shortDay(query.to)),
                               [](desk::SearchQuery &q) { q.to = {}; }};
    if (query.state)
        all << SearchNarrowing{desk::stateInWords(*query.state),
                               [](desk::SearchQuery &q) { q.state.reset(); }};
    if (query.hasMedia)
        all << SearchNarrowing{SearchFilters::tr("With attachments"),
                               [](desk::SearchQuery &q) { q.hasMedia = false; }};
    if (!query.errorCode.isEmpty())
        all << SearchNarrowing{SearchFilters::tr("Error %1").arg(style::singleLine(query.errorCode)),
                               [](desk::SearchQuery &q) { q.errorCode.clear(); }};
    return all;
}

SearchFilters::SearchFilters(desk::Account &account, QWidget *parent)
    : PopupFrame(parent)
    , m_account(account)
    , m_number(new QComboBox(this))
    , m_from(makeDay("searchFrom", tr("From")))
    , m_to(makeDay("searchTo", tr("Until")))
    , m_state(new QComboBox(this))
    , m_media(new QCheckBox(tr("With attachments only"), this))
    , m_code(new QLineEdit(this)) {
    setObjectName(QStringLiteral("searchFilters"));
    setAccessibleName(tr("Narrow the search"));
    m_number->setObjectName(QStringLiteral("searchNumber"));
    m_state->setObjectName(QStringLiteral("searchState"));
    m_media->setObjectName(QStringLiteral("searchMedia"));
    m_code->setObjectName(QStringLiteral("searchCode"));
    m_code->setPlaceholderText(tr("such as 40001"));
    m_code->setMaxLength(longestCode);
    m_state->addItem(tr("Any state"), anyState);
    for (const MessageState state : searchedStates)
        m_state->addItem(desk::stateInWords(state), int(state));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 14, 16, 14);
    form->setVerticalSpacing(8);
    form->addRow(tr("Our number"), m_number);
    form->addRow(tr("From"), m_from);
    form->addRow(tr("Until"), m_to);
    form->addRow(tr("State"), m_state);
    form->addRow(tr("Error code"), m_code);
    form->addRow(QString(), m_media);
    auto *clear = new QPushButton(tr("Clear all"), this);
    clear->setObjectName(QStringLiteral("searchFiltersClear"));
    style::setButtonKind(clear, style::ButtonKind::Link);
    clear->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // at the fields' edge
    form->addRow(QString(), clear);
    connect(clear, &QPushButton::clicked, this, [this] {
        setQuery({});
        Q_EMIT changed();
    });
    const auto tell = [this] {
        if (!m_filling)
            Q_EMIT changed();
    };
    connect(m_number, &QComboBox::currentIndexChanged, this, tell);
    connect(m_from, &QDateEdit::dateChanged, this, tell);
    connect(m_to, &QDateEdit::dateChanged, this, tell);
    connect(m_state, &QComboBox::currentIndexChanged, this, tell);
    connect(m_media, &QCheckBox::toggled, this, tell);
    connect(m_code, &QLineEdit::textChanged, this, tell);
    fillNumbers();
}

QDateEdit *SearchFilters::makeDay(const char *objectName, const QString &name) {
    auto *day = new QDateEdit(this);
    day->setObjectName(QLatin1String(objectName));
    day->setAccessibleName(name);
    day->setCalendarPopup(true);
    day->setDisplayFormat(tr("d MMM yyyy", "a day, date format"));
    day->setMinimumDate(noDay);
    day->setSpecialValueText(tr("Any day"));
    day->setDate(noDay);
    return day;
}

void SearchFilters::fillNumbers() {
    m_number->clear();
    m_number->addItem(tr("All numbers"), QString());
    for (const desk::Sender &sender : m_account.senders())
        m_number->addItem(nameOf(sender.address, m_account), sender.address.wire());
}

void SearchFilters::setQuery(const desk::SearchQuery &query) {
    const QScopedValueRollback filling(m_filling, true);
    fillNumbers();
    m_number->setCurrentIndex(qMax(0, m_number->findData(query.own ? query.own->wire() : QString())));
    m_from->setDate(query.from.isValid() ? query.from : noDay);
    m_to->setDate(query.to.isValid() ? query.to : noDay);
    m_state->setCurrentIndex(qMax(0, m_state->findData(query.state ? int(*query.state) : anyState)));
    m_media->setChecked(query.hasMedia);
    m_code->setText(query.errorCode);
}

void SearchFilters::apply(desk::SearchQuery &query) const {
    const QString own = m_number->currentData().toString();
    query.own = own.isEmpty() ? std::nullopt : std::optional(phone::fromWire(own));
    query.from = m_from->date() == noDay ? QDate() : m_from->date();
    query.to = m_to->date() == noDay ? QDate() : m_to->date();
    const int state = m_state->currentData().toInt();
    query.state = state == anyState ? std::nullopt : std::optional(static_cast<MessageState>(state));
    query.hasMedia = m_media->isChecked();
    query.errorCode = m_code->text().trimmed();
}

void SearchFilters::openBelow(const QWidget &widget) {
    for (QDateEdit *day : {m_from, m_to})
        style::dressCalendar(*day->calendarWidget());
    adjustSize();
    const bool mirrored = widget.layoutDirection() == Qt::RightToLeft;
    const int x = mirrored ? widget.width() - width() : 0;
    move(widget.mapToGlobal(QPoint(x, widget.height() + 4)));
    show();
    m_number->setFocus(Qt::PopupFocusReason);
}

} // namespace longcode::inbox
