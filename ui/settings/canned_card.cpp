#include "settings/canned_card.h"

#include "composer/canned_delegate.h"
#include "composer/canned_model.h"
#include "composer/field_frame.h"
#include "desk/canned.h"
#include "settings/canned_dialog.h"
#include "settings/page_parts.h"
#include "style/banner.h"
#include "style/panel.h"
#include "style/plain_text.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace longcode::settings {

namespace {

constexpr int cannedRowsShown = 4;

/// Those of the set to begin with whose folder and title nobody has used yet.
QList<desk::CannedReply> missingStarters(const desk::Team &team) {
    const QList<desk::CannedReply> present = team.cannedReplies();
    QList<desk::CannedReply> missing = desk::starterReplies();
    missing.removeIf([&present](const desk::CannedReply &starter) {
        return std::any_of(present.cbegin(), present.cend(), [&starter](const desk::CannedReply &reply) {
            return reply.folder == starter.folder && reply.title == starter.title;
        });
    });
    return missing;
}

} // namespace

CannedCard::CannedCard(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("cannedCard"));
    QVBoxLayout *column = nullptr;
    style::Panel *card = makeCard(tr("Canned replies"), column, this);
    m_purpose = mutedText({}, card);
    m_purpose->setObjectName(QStringLiteral("cannedCardPurpose"));
    column->addWidget(m_purpose);
    m_empty = mutedText(tr("There are none yet."), card);
    m_empty->setObjectName(QStringLiteral("cannedCardEmpty"));
    column->addWidget(m_empty);
    m_frame = buildList();
    column->addWidget(m_frame);
    m_undo = new style::Banner(style::BannerTone::Note, card);
    m_undo->setObjectName(QStringLiteral("cannedUndo"));
    m_undo->setIcon(style::IconName::Info);
    QPushButton *undo = m_undo->addAction(tr("Undo"));
    undo->setObjectName(QStringLiteral("cannedUndoButton"));
    connect(undo, &QPushButton::clicked, this, &CannedCard::undo);
    m_undo->hide();
    column->addWidget(m_undo);
    column->addWidget(buildButtons());
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    refresh();
}

QWidget *CannedCard::buildList() {
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("cannedManageList"));
    m_list->setAccessibleName(tr("Canned replies"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new composer::CannedDelegate(m_list));
    connect(m_list, &QListView::activated, this, [this] {
        if (const auto reply = selected())
            edit(*reply);
    });
    auto *key = new QShortcut(QKeySequence(Qt::Key_Delete), m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &CannedCard::remove);
    return new composer::FieldFrame(m_list, this);
}

QWidget *CannedCard::buildButtons() {
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text, const char *name) {
        auto *button = new QPushButton(text, buttons);
        button->setObjectName(QLatin1String(name));
        row->addWidget(button);
        return button;
    };
    m_add = add(tr("A&dd…"), "cannedAdd");
    m_edit = add(tr("&Edit…"), "cannedEdit");
    m_remove = add(tr("Re&move"), "cannedRemove");
    m_starters = add(tr("Add starter set"), "cannedStarters");
    m_starters->setToolTip(
        tr("Texts for appointments, deliveries, codes, surveys and reopening, to be changed "
           "as you like"));
    row->addStretch(1);
    connect(m_starters, &QPushButton::clicked, this, &CannedCard::addStarters);
    connect(m_add, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto reply = selected())
            edit(*reply);
    });
    connect(m_remove, &QPushButton::clicked, this, &CannedCard::remove);
    return buttons;
}

CannedCard::~CannedCard() = default;

void CannedCard::setTeam(desk::Team *team) {
    if (m_team)
        disconnect(m_team, nullptr, this, nullptr);
    m_team = team;
    m_removed.reset();
    m_undo->hide();
    m_list->setModel(nullptr);
    m_model.reset();
    if (m_team) {
        m_model = std::make_unique<composer::CannedModel>(*m_team);
        m_list->setModel(m_model.get());
        connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CannedCard::refresh);
        connect(m_team, &desk::Team::membersChanged, this, &CannedCard::refresh);
        connect(m_team, &desk::Team::cannedRepliesChanged, this, &CannedCard::refresh);
    }
    refresh();
}

std::optional<desk::CannedReply> CannedCard::selected() const {
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return std::nullopt;
    return index.data(composer::CannedReplyRole).value<desk::CannedReply>();
}

void CannedCard::refresh() {
    setVisible(m_team && m_team->may(desk::TeamPermission::ManageShared));
    m_purpose->setText(m_team && m_team->isTeam()
                           ? tr("Texts for everybody in the team. “/” in the composer inserts one.")
                           : tr("Texts kept ready. “/” in the composer inserts one."));
    const int count = m_model ? m_model->rowCount() : 0;
    m_empty->setVisible(count == 0);
    m_frame->setVisible(count > 0);
    if (count > 0)
        m_list->setFixedHeight(qMin(count, cannedRowsShown) * m_list->sizeHintForRow(0) + 4);
    const bool chosen = m_list->currentIndex().isValid();
    m_edit->setEnabled(chosen);
    m_remove->setEnabled(chosen);
    m_starters->setVisible(m_team && !missingStarters(*m_team).isEmpty());
}

void CannedCard::addStarters() {
    if (!m_team)
        return;
    for (const desk::CannedReply &reply : missingStarters(*m_team))
        m_team->saveCannedReply(reply);
    m_starters->hide();
}

void CannedCard::edit(const desk::CannedReply &reply) {
    QStringList folders;
    for (const desk::CannedReply &other : m_team->cannedReplies()) {
        if (!other.folder.isEmpty() && !folders.contains(other.folder))
            folders.append(other.folder);
    }
    auto *dialog = new CannedDialog(reply, folders, this);
    connect(dialog, &CannedDialog::saved, this, [this](const desk::CannedReply &saved) {
        if (m_team)
            m_team->saveCannedReply(saved);
    });
    dialog->open();
}

void CannedCard::remove() {
    const auto reply = selected();
    if (!reply || !m_team)
        return;
    m_removed = reply;
    m_team->removeCannedReply(reply->id);
    const QString words = m_team->isTeam() ? tr("“%1” was removed for everybody.") : tr("“%1” was removed.");
    m_undo->setText(words.arg(style::isolated(reply->title)));
    m_undo->show();
}

void CannedCard::undo() {
    m_undo->hide();
    if (const auto reply = std::exchange(m_removed, std::nullopt); reply && m_team)
        m_team->saveCannedReply(*reply);
}

} // namespace longcode::settings
