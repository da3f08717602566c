#include "inbox/find_bar.h"

#include "base/when_finished.h"
#include "inbox/conversation_words.h"
#include "style/icons.h"
#include "style/plain_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <chrono>

namespace longcode::inbox {

using namespace std::chrono_literals;

namespace {
constexpr auto findDelay = 40ms;
constexpr int longestSought = 200;
constexpr int mostPlaces = 10'000;
} // namespace

FindBar::FindBar(desk::Search &search, QWidget *parent)
    : Panel(style::Fill::Surface, parent)
    , m_search(search)
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_older(makeButton("findOlder", tr("Older place (Enter)")))
    , m_newer(makeButton("findNewer", tr("Newer place (Shift+Enter)"))) {
    setObjectName(QStringLiteral("findBar"));
    setEdges(Qt::BottomEdge);
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setAccessibleName(tr("Find in this conversation"));
    m_text->setPlaceholderText(tr("Find in this conversation"));
    m_text->setMaxLength(longestSought);
    m_text->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_older->setIcon(style::icon(style::IconName::ArrowUp, style::IconTone::Muted));
    m_newer->setIcon(style::icon(style::IconName::ArrowDown, style::IconTone::Muted));
    QToolButton *close = makeButton("findClose", tr("Leave the search (Esc)"));
    close->setIcon(style::icon(style::IconName::Close, style::IconTone::Muted));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 7, 12, 8);
    row->setSpacing(6);
    row->addWidget(m_text, 1);
    row->addWidget(m_count);
    row->addWidget(m_older);
    row->addWidget(m_newer);
    row->addWidget(close);
    m_timer.setSingleShot(true);
    m_timer.setInterval(findDelay);
    connect(&m_timer, &QTimer::timeout, this, &FindBar::find);
    connect(m_text, &QLineEdit::textChanged, this, [this] { m_timer.start(); });
    connect(m_older, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { step(-1); });
    connect(close, &QToolButton::clicked, this, &FindBar::end);
    showCount();
    hide();
}

QToolButton *FindBar::makeButton(const char *objectName, const QString &name) {
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(objectName));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setIconSize({18, 18});
    return button;
}

void FindBar::begin(desk::ConversationId id) {
    setConversation(id);
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    if (!m_text->text().isEmpty())
        find();
}

void FindBar::setConversation(desk::ConversationId id) {
    if (id == m_id)
        return;
    m_id = id;
    take({});
    if (isVisible())
        find();
}

void FindBar::end() {
    m_timer.stop();
    ++m_asked;
    hide();
    Q_EMIT ended();
}

QString FindBar::text() const {
    return isHidden() ? QString() : m_text->text().trimmed();
}

void FindBar::find() {
    m_timer.stop();
    const QString sought = m_text->text().trimmed();
    const int asked = ++m_asked;
    Q_EMIT textChanged(sought);
    m_finding = !sought.isEmpty();
    if (sought.isEmpty()) {
        take({});
        return;
    }
    whenFinished(m_search.findIn(m_id, sought), this,
                 [this, asked](const Result<QList<desk::MessageRow>, Failure> &found) {
                     if (asked != m_asked)
                         return;
                     m_finding = false;
                     take(found ? *found : QList<desk::MessageRow>());
                     if (!found)
                         showCount(failureWords(found.error()));
                     else if (!m_places.isEmpty())
                         step(1);
                 });
}

void FindBar::take(const QList<desk::MessageRow> &places) {
    m_places = places;
    m_at = -1;
    showCount();
}

void FindBar::step(int older) {
    if (m_timer.isActive()) {
        find();
        return;
    }
    if (m_places.isEmpty())
        return;
    m_at = (m_at + older + m_places.size()) % m_places.size();
    showCount();
    Q_EMIT placeChosen(m_places.at(m_at));
}

void FindBar::showCount(const QString &trouble) {
    const QLocale locale;
    const auto total = int(m_places.size());
    m_count->setWordWrap(!trouble.isEmpty()); // a sentence leaves room for the field
    if (!trouble.isEmpty())
        m_count->setText(trouble);
    else if (total > 0)
        m_count->setText((total >= mostPlaces ? tr("%1 of %2 or more") : tr("%1 of %2"))
                             .arg(locale.toString(int(m_at) + 1), locale.toString(total)));
    else
        m_count->setText(m_text->text().trimmed().isEmpty() || m_finding ? QString() : tr("Nothing found"));
    m_older->setEnabled(total > 0);
    m_newer->setEnabled(total > 0);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return Panel::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        end();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        step(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Up:
        step(1);
        return true;
    case Qt::Key_Down:
        step(-1);
        return true;
    default:
        return Panel::eventFilter(watched, event);
    }
}

} // namespace longcode::inbox
