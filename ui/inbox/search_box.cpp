#include "inbox/search_box.h"

#include "inbox/search_filters.h"
#include "style/chip.h"
#include "style/flow_layout.h"
#include "style/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace longcode::inbox {

namespace {

constexpr int longestSearch = 200;

/// A filter in force; a click takes it away.
style::Chip *narrowingChip(const QString &words, QWidget *parent) {
    auto *chip = new style::Chip(words + QStringLiteral("  ×"), parent);
    chip->setObjectName(QStringLiteral("searchNarrowing"));
    chip->setCheckable(false);
    chip->setToolTip(SearchBox::tr("Take this filter away"));
    chip->setAccessibleName(SearchBox::tr("Filter: %1. Press to take it away").arg(words));
    return chip;
}

} // namespace

SearchBox::SearchBox(desk::Account &account, QWidget *parent)
    : QWidget(parent)
    , m_account(account)
    , m_text(new QLineEdit(this))
    , m_filter(new QToolButton(this))
    , m_new(new QToolButton(this))
    , m_narrowings(new QWidget(this))
    , m_filters(new SearchFilters(account, this)) {
    m_text->setObjectName(QStringLiteral("conversationSearch"));
    m_text->setAccessibleName(tr("Search people, numbers and messages"));
    m_text->setPlaceholderText(tr("Search people, numbers, messages"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(longestSearch);
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        desk::SearchQuery query = m_query;
        query.text = text.trimmed();
        take(query);
    });
    makeFilterButton();
    makeNewButton();
    auto *flow = new style::FlowLayout(5, m_narrowings);
    flow->setContentsMargins(0, 6, 0, 0);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_text, 1);
    row->addWidget(m_filter);
    row->addWidget(m_new);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 8, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_narrowings);
    m_narrowings->hide();
}

void SearchBox::makeFilterButton() {
    m_filter->setObjectName(QStringLiteral("searchFilterButton"));
    m_filter->setIcon(style::icon(style::IconName::Filter, style::IconTone::Muted));
    m_filter->setIconSize({18, 18});
    m_filter->setAccessibleName(tr("Narrow the search"));
    m_filter->setToolTip(tr("Narrow the search by number, day, state, attachments or error"));
    connect(m_filter, &QToolButton::clicked, this, &SearchBox::openFilters);
    connect(m_filters, &SearchFilters::changed, this, [this] {
        desk::SearchQuery query = m_query;
        m_filters->apply(query);
        take(query);
    });
}

void SearchBox::makeNewButton() {
    m_new->setObjectName(QStringLiteral("newConversation"));
    m_new->setIcon(style::icon(style::IconName::NewMessage, style::IconTone::Accent));
    m_new->setIconSize({20, 20});
    m_new->setAccessibleName(tr("New conversation"));
    m_new->setShortcut(QKeySequence::New);
    m_new->setToolTip(
        tr("New conversation (%1)").arg(QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
    connect(m_new, &QToolButton::clicked, this, &SearchBox::newConversationRequested);
}

void SearchBox::setKeyHint(const QKeySequence &key) {
    m_text->setToolTip(
        tr("Search people, numbers and messages (%1)").arg(key.toString(QKeySequence::NativeText)));
}

void SearchBox::take(const desk::SearchQuery &query) {
    if (query == m_query)
        return;
    m_query = query;
    showNarrowings();
    Q_EMIT queryChanged();
}

void SearchBox::showNarrowings() {
    const QList<SearchNarrowing> all = narrowingsOf(m_query, m_account);
    // Later: one of them may be the one that was clicked.
    for (style::Chip *old : m_narrowings->findChildren<style::Chip *>(Qt::FindDirectChildrenOnly)) {
        m_narrowings->layout()->removeWidget(old);
        old->hide();
        old->deleteLater();
    }
    for (const SearchNarrowing &narrowing : all) {
        style::Chip *chip = narrowingChip(narrowing.words, m_narrowings);
        connect(chip, &QAbstractButton::clicked, this, [this, remove = narrowing.remove] {
            desk::SearchQuery query = m_query;
            remove(query);
            take(query);
        });
        m_narrowings->layout()->addWidget(chip);
        chip->show();
    }
    m_narrowings->setVisible(!all.isEmpty());
    m_filter->setIcon(style::icon(style::IconName::Filter,
                                  all.isEmpty() ? style::IconTone::Muted : style::IconTone::Accent));
}

void SearchBox::openFilters() {
    m_filters->setQuery(m_query);
    m_filters->openBelow(*m_text);
}

void SearchBox::clear() {
    const QSignalBlocker quiet(m_text);
    m_text->clear();
    take({});
}

void SearchBox::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

bool SearchBox::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        Q_EMIT leaveRequested();
        return true;
    case Qt::Key_Down:
        Q_EMIT downPressed();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT enterPressed();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace longcode::inbox
