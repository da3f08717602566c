#include "inbox/assign_button.h"

#include "inbox/when.h"
#include "style/icons.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionToolButton>

namespace longcode::inbox {

namespace {

constexpr int widestAssignment = 260;
constexpr int assignMargin = 10;
constexpr int assignChevron = 12;

/// An ampersand in a menu would else underline the next letter.
QString inMenu(const QString &foreign) {
    return style::isolated(foreign).replace(u'&', QStringLiteral("&&"));
}

} // namespace

QString assignmentWords(const std::optional<desk::Claim> &claim) {
    if (!claim)
        return AssignButton::tr("Not assigned");
    if (claim->mine)
        return AssignButton::tr("Assigned to you until %1").arg(timeOfDay(claim->until));
    return AssignButton::tr("Assigned to %1 until %2")
        .arg(style::isolated(claim->assignee), timeOfDay(claim->until));
}

AssignButton::AssignButton(desk::Inbox &inbox, desk::Team &team, QWidget *parent)
    : QToolButton(parent), m_inbox(inbox), m_team(team), m_claim(new QAction(this)) {
    setObjectName(QStringLiteral("assignButton"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_claim->setObjectName(QStringLiteral("claimAction"));
    m_claim->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    connect(m_claim, &QAction::triggered, this, &AssignButton::claim);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("assignMenu"));
    setMenu(menu);
    m_others = new QMenu(tr("Assign to"), menu);
    m_others->setObjectName(QStringLiteral("assignToMenu"));
    connect(menu, &QMenu::aboutToShow, this, &AssignButton::fillMenu);
    connect(&m_inbox, &desk::Inbox::conversationChanged, this, [this](desk::ConversationId id) {
        if (id == m_id)
            refresh();
    });
    connect(&m_team, &desk::Team::membersChanged, this, &AssignButton::refresh);
    refresh();
}

void AssignButton::show(desk::ConversationId id) {
    m_id = id;
    refresh();
}

std::optional<desk::Claim> AssignButton::current() const {
    const auto conversation = m_inbox.conversation(m_id);
    return conversation ? conversation->claim : std::nullopt;
}

void AssignButton::refresh() {
    const bool shown = m_id.isValid() && m_team.isTeam();
    setVisible(shown);
    m_claim->setVisible(shown); // else it has no key either
    const std::optional<desk::Claim> claim = current();
    m_words = assignmentWords(claim);
    setText(style::singleLine(m_words));
    setAccessibleName(style::singleLine(m_words));
    // Always rich, so that a name is never taken for markup.
    setToolTip(style::plainToolTip(style::displayLine(m_words)));
    if (!claim)
        m_claim->setText(tr("Claim for %n minutes", nullptr, int(desk::Team::usualClaim.count())));
    else if (claim->mine)
        m_claim->setText(tr("Keep for %n more minutes", nullptr, int(desk::Team::usualClaim.count())));
    else
        m_claim->setText(tr("Take over from %1…").arg(inMenu(claim->assignee)));
    updateGeometry();
    update();
}

void AssignButton::fillMenu() {
    menu()->clear();
    menu()->addAction(m_claim);
    menu()->addMenu(m_others);
    m_others->clear();
    for (const desk::TeamMember &member : m_team.members()) {
        if (member.name == m_team.name())
            continue;
        QAction *assign = m_others->addAction(inMenu(member.name));
        assign->setData(member.name);
        connect(assign, &QAction::triggered, this,
                [this, id = m_id, name = member.name] { m_team.assign(id, name, desk::Team::usualClaim); });
    }
    const std::optional<desk::Claim> claim = current();
    if (!claim || !claim->mine)
        return;
    QAction *release = menu()->addAction(tr("Release"));
    release->setObjectName(QStringLiteral("releaseAction"));
    connect(release, &QAction::triggered, this, [this, id = m_id] { m_team.release(id); });
}

void AssignButton::claim() {
    const std::optional<desk::Claim> claim = current();
    if (claim && !claim->mine)
        askToTakeOver(claim->assignee);
    else
        m_team.claim(m_id, desk::Team::usualClaim, desk::ClaimMode::IfFree);
}

void AssignButton::askToTakeOver(const QString &assignee) {
    auto *box = new QMessageBox(window());
    box->setObjectName(QStringLiteral("takeOverBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setWindowTitle(tr("Take over the conversation"));
    box->setText(tr("%1 takes care of this conversation.").arg(style::isolated(assignee)));
    box->setInformativeText(
        tr("If you take it over, everybody sees that it is yours, also %1.").arg(style::isolated(assignee)));
    style::showAsPlainText(*box);
    QPushButton *take = box->addButton(tr("Take over"), QMessageBox::AcceptRole);
    take->setObjectName(QStringLiteral("takeOverButton"));
    box->addButton(QMessageBox::Cancel)->setObjectName(QStringLiteral("takeOverCancel"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(take, &QPushButton::clicked, this,
            [this, id = m_id] { m_team.claim(id, desk::Team::usualClaim, desk::ClaimMode::TakeOver); });
    box->open();
}

QSize AssignButton::sizeHint() const {
    const QFontMetrics metrics(style::textFont(font(), style::TextSize::Small));
    const int words = metrics.horizontalAdvance(style::displayLine(m_words));
    return {qMin(words + 2, widestAssignment) + 2 * assignMargin + assignChevron + 5, 32};
}

void AssignButton::paintEvent(QPaintEvent *) {
    QStyleOptionToolButton option;
    initStyleOption(&option);
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.borderStrong);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    style()->drawPrimitive(QStyle::PE_PanelButtonTool, &option, &painter, this);
    const auto place = [this](int x, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, width, height()));
    };
    const int room = width() - 2 * assignMargin - assignChevron - 5;
    painter.setFont(style::textFont(font(), style::TextSize::Small));
    painter.setPen(current() ? tokens.text : tokens.muted);
    painter.drawText(place(assignMargin, room), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(style::displayLine(m_words), Qt::ElideRight, room));
    style::paintIcon(&painter, place(width() - assignMargin - assignChevron, assignChevron),
                     style::IconName::ChevronDown, tokens.muted);
}

} // namespace longcode::inbox
