#include "inbox/filter_bar.h"

#include "style/chip.h"
#include "style/icons.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QButtonGroup>
#include <QLocale>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace longcode::inbox {

namespace {

using desk::InboxFilter;

struct Offered {
    InboxFilter filter;
    const char *objectName;
};
/// The first ones keep their place when there is little room.
constexpr std::array filters{
    Offered{InboxFilter::Open, "filterOpen"},           Offered{InboxFilter::Unread, "filterUnread"},
    Offered{InboxFilter::Mine, "filterMine"},           Offered{InboxFilter::Unassigned, "filterUnassigned"},
    Offered{InboxFilter::Waiting, "filterWaiting"},     Offered{InboxFilter::Failed, "filterFailed"},
    Offered{InboxFilter::Scheduled, "filterScheduled"}, Offered{InboxFilter::Snoozed, "filterSnoozed"},
    Offered{InboxFilter::OptedOut, "filterOptedOut"},   Offered{InboxFilter::Closed, "filterClosed"}};
constexpr int chipGap = 6;
constexpr int chipSide = 10;
constexpr int chipTop = 9;
constexpr int mostChipLines = 2;

bool isOfTeam(InboxFilter filter) {
    return filter == InboxFilter::Mine || filter == InboxFilter::Unassigned;
}

/// An ampersand in a menu would else underline the next letter.
QString filterMenuWords(const QString &foreign) {
    return style::displayLine(foreign).replace(u'&', QStringLiteral("&&"));
}

QString senderName(const desk::Sender &sender) {
    const QString number = style::isolated(sender.address.international());
    return sender.profileName.isEmpty() ? number : style::isolated(sender.profileName) + u' ' + number;
}

} // namespace

FilterBar::FilterBar(desk::Inbox &inbox, desk::Account &account, desk::Team &team, QWidget *parent)
    : QWidget(parent)
    , m_inbox(inbox)
    , m_account(account)
    , m_team(team)
    , m_group(new QButtonGroup(this))
    , m_more(new style::Chip(tr("More", "filters"), this))
    , m_moreMenu(new QMenu(this))
    , m_number(new QToolButton(this))
    , m_numberMenu(new QMenu(this)) {
    setObjectName(QStringLiteral("filterBar"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    for (const Offered &offered : filters)
        m_chips << makeChip(offered.filter, wordsOf(offered.filter), offered.objectName);
    m_chips.front()->setChecked(true);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int id) { choose(static_cast<InboxFilter>(id)); });
    m_more->setObjectName(QStringLiteral("filterMore"));
    m_more->setAccessibleDescription(tr("Shows a menu of further filters"));
    m_moreMenu->setObjectName(QStringLiteral("filterMoreMenu"));
    connect(m_more, &QAbstractButton::clicked, this, [this] {
        showChosen(); // a chip that opens a menu is not switched by it
        fillMore();
        m_moreMenu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
    });
    makeNumberButton();
    connect(&m_inbox, &desk::Inbox::countsChanged, this, &FilterBar::showCounts);
    connect(&m_team, &desk::Team::membersChanged, this, [this] {
        if (!isOffered(m_filter))
            choose(InboxFilter::Open);
        showCounts();
    });
    connect(&m_account, &desk::Account::sendersChanged, this, &FilterBar::showNumbers);
    showCounts();
    showNumbers();
}

QString FilterBar::wordsOf(InboxFilter filter) const {
    switch (filter) {
    case InboxFilter::Open:
        return tr("Open", "filter");
    case InboxFilter::Unread:
        return tr("Unread", "filter");
    case InboxFilter::Mine:
        return tr("Mine", "filter");
    case InboxFilter::Unassigned:
        return tr("Unassigned", "filter");
    case InboxFilter::Waiting:
        return tr("Waiting", "filter");
    case InboxFilter::Failed:
        return tr("Failed", "filter");
    case InboxFilter::Scheduled:
        return tr("Scheduled", "filter");
    case InboxFilter::Snoozed:
        return tr("Snoozed", "filter");
    case InboxFilter::OptedOut:
        return tr("Opted out", "filter");
    case InboxFilter::Closed:
        return tr("Closed", "filter");
    }
    return {};
}

style::Chip *FilterBar::makeChip(InboxFilter filter, const QString &words, const char *objectName) {
    auto *chip = new style::Chip(words, this);
    chip->setObjectName(QLatin1String(objectName));
    m_group->addButton(chip, int(filter));
    return chip;
}

void FilterBar::makeNumberButton() {
    m_number->setObjectName(QStringLiteral("ownNumberChoice"));
    m_number->setAccessibleName(tr("Which of our numbers"));
    m_number->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_number->setIcon(style::icon(style::IconName::Phone, style::IconTone::Muted));
    m_number->setFont(style::textFont(font(), style::TextSize::Small));
    m_number->setFocusPolicy(Qt::TabFocus);
    m_numberMenu->setObjectName(QStringLiteral("ownNumberMenu"));
    connect(m_number, &QToolButton::clicked, this, [this] {
        fillNumbers();
        m_numberMenu->popup(m_number->mapToGlobal(QPoint(0, m_number->height())));
    });
}

bool FilterBar::isOffered(InboxFilter filter) const {
    return m_team.isTeam() || !isOfTeam(filter);
}

void FilterBar::choose(InboxFilter filter) {
    if (m_filter != filter) {
        m_filter = filter;
        Q_EMIT filterChosen(filter);
    }
    showChosen();
}

void FilterBar::showChosen() {
    for (int i = 0; i < m_chips.size(); ++i) {
        if (filters[size_t(i)].filter == m_filter)
            m_chips.at(i)->setChecked(true);
    }
    arrange(width(), Pass::Place);
}

void FilterBar::showCounts() {
    for (int i = 0; i < m_chips.size(); ++i)
        m_chips.at(i)->setCount(m_inbox.count(filters[size_t(i)].filter));
    updateGeometry();
    showChosen();
}

void FilterBar::fillMore() {
    m_moreMenu->clear();
    for (const InboxFilter filter : std::as_const(m_hidden)) {
        const QString count = QLocale().toString(m_inbox.count(filter));
        QAction *entry = m_moreMenu->addAction(wordsOf(filter) + u'\t' + count);
        entry->setCheckable(true);
        entry->setChecked(filter == m_filter);
        connect(entry, &QAction::triggered, this, [this, filter] { choose(filter); });
    }
}

void FilterBar::fillNumbers() {
    QMenu *menu = m_numberMenu;
    menu->clear();
    delete menu->findChild<QActionGroup *>();
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &words, const std::optional<phone::Address> &own) {
        QAction *entry = menu->addAction(filterMenuWords(words));
        entry->setCheckable(true);
        entry->setActionGroup(group);
        entry->setChecked(own == m_own);
        connect(entry, &QAction::triggered, this, [this, own] { chooseNumber(own); });
    };
    add(tr("All numbers"), std::nullopt);
    menu->addSeparator();
    for (const desk::Sender &sender : m_account.senders())
        add(senderName(sender), sender.address);
}

void FilterBar::chooseNumber(const std::optional<phone::Address> &own) {
    if (m_own == own)
        return;
    m_own = own;
    m_inbox.setOwnNumber(own);
    showNumbers();
    showCounts();
    Q_EMIT ownNumberChosen();
}

void FilterBar::showNumbers() {
    const QList<desk::Sender> senders = m_account.senders();
    const auto found = std::find_if(senders.cbegin(), senders.cend(), [this](const desk::Sender &sender) {
        return m_own && sender.address == *m_own;
    });
    if (m_own && found == senders.cend()) {
        chooseNumber(std::nullopt); // it left the account
        return;
    }
    const QString words = found == senders.cend() ? tr("All numbers") : style::singleLine(senderName(*found));
    m_number->setText(filterMenuWords(words) + QStringLiteral(" ▾"));
    m_number->setAccessibleDescription(words);
    m_number->setVisible(senders.size() > 1);
    updateGeometry();
    arrange(width(), Pass::Place);
}

int FilterBar::heightForWidth(int width) const {
    return arrange(width, Pass::Measure);
}

void FilterBar::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    arrange(width(), Pass::Place);
}

/// Chips from the front until the last line lacks room for another one and the menu; returns the height.
int FilterBar::arrange(int width, Pass pass) const {
    const int right = width - chipSide;
    const int line = m_chips.front()->sizeHint().height() + chipGap;
    const int moreWidth = m_more->sizeHint().width();
    int x = chipSide;
    int lines = 1;
    QList<desk::InboxFilter> hidden;
    const auto place = [&](QWidget *widget, const QSize &size) {
        if (pass == Pass::Place)
            widget->setGeometry(
                QStyle::visualRect(layoutDirection(), rect(),
                                   QRect(x, chipTop + (lines - 1) * line, size.width(), size.height())));
        x += size.width() + chipGap;
    };
    qsizetype left = std::count_if(filters.begin(), filters.end(),
                                   [this](const Offered &offered) { return isOffered(offered.filter); });
    for (int i = 0; i < m_chips.size(); ++i) {
        style::Chip *chip = m_chips.at(i);
        const QSize size = chip->sizeHint();
        const bool offered = isOffered(filters[size_t(i)].filter);
        if (offered && x > chipSide && x + size.width() > right && lines < mostChipLines) {
            x = chipSide;
            ++lines;
        }
        const int needed = size.width() + (lines == mostChipLines && left > 1 ? chipGap + moreWidth : 0);
        const bool fits = hidden.isEmpty() && (x == chipSide || x + needed <= right);
        if (offered && !fits)
            hidden << filters[size_t(i)].filter;
        left -= offered ? 1 : 0;
        if (pass == Pass::Place)
            chip->setVisible(offered && fits);
        if (offered && fits)
            place(chip, size);
    }
    if (pass == Pass::Place) {
        m_hidden = hidden;
        m_more->setVisible(!hidden.isEmpty());
        m_more->setCheckable(true);
        m_more->setChecked(hidden.contains(m_filter));
        m_more->setText(hidden.contains(m_filter) ? wordsOf(m_filter) : tr("More", "filters"));
        m_more->setAccessibleName(m_more->text());
    }
    if (!hidden.isEmpty())
        place(m_more, m_more->sizeHint());
    int height = chipTop + lines * line - chipGap + chipTop;
    if (m_number->isHidden())
        return height;
    const QSize size = m_number->sizeHint().boundedTo({width - 2 * chipSide, 26});
    if (pass == Pass::Place)
        m_number->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect(QPoint(chipSide - 2, height - 5), size)));
    return height + size.height() - 2;
}

} // namespace longcode::inbox
