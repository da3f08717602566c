#include "schedule/suppressed_pane.h"

#include "composer/later.h"
#include "schedule/opt_out_facts.h"
#include "schedule/send_list.h"
#include "style/plain_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace longcode::schedule {

SuppressedWords::SuppressedWords(const Clock &clock, QObject *parent)
    : QIdentityProxyModel(parent), m_clock(clock) {}

QVariant SuppressedWords::data(const QModelIndex &index, int role) const {
    const QVariant value = QIdentityProxyModel::data(index, desk::SuppressedSendRole);
    if (!value.isValid())
        return QIdentityProxyModel::data(index, role);
    const auto send = value.value<desk::SuppressedSend>();
    const auto when = [&] {
        return composer::momentInWords(send.at, QTimeZone::systemTimeZone(), m_clock.now());
    };
    const QString text = tr("“%1”").arg(style::singleLine(send.text));
    switch (role) {
    case Qt::DisplayRole:
    case SuppressedWhoRole:
        return send.peer.international();
    case SuppressedWhenRole:
        return QString(when() + QStringLiteral(" · ") + style::singleLine(send.reason));
    case SuppressedTextRole:
        return text;
    case SuppressedMarkRole:
        return tr("from %1").arg(send.own.international());
    case SuppressedAlarmRole:
        return false;
    case Qt::AccessibleTextRole:
        return QStringList{send.peer.international(), when(), style::singleLine(send.reason), text}.join(
            QStringLiteral(", "));
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

SuppressedPane::SuppressedPane(desk::OptOuts &optOuts, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_model(new SuppressedWords(clock, this))
    , m_list(new SendList(*m_model,
                          {SuppressedWhoRole, SuppressedWhenRole, SuppressedTextRole, SuppressedMarkRole,
                           SuppressedAlarmRole},
                          this))
    , m_empty(m_list->emptyWords())
    , m_open(new QPushButton(tr("Open conversation"), this)) {
    setObjectName(QStringLiteral("suppressedPane"));
    m_model->setSourceModel(&optOuts.suppressed());
    build();
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, new OptOutFacts(optOuts, clock, this));
    connect(m_list, &QListView::activated, this, &SuppressedPane::openSelected);
    connect(m_open, &QPushButton::clicked, this, &SuppressedPane::openSelected);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &SuppressedPane::showState);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, changed, this, &SuppressedPane::showState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &SuppressedPane::showState);
    showState();
}

void SuppressedPane::build() {
    m_list->setObjectName(QStringLiteral("suppressedList"));
    m_list->setAccessibleName(tr("Texts held back"));
    m_empty->setObjectName(QStringLiteral("suppressedEmpty"));
    m_empty->setText(
        tr("No text was held back. When one is to go to somebody who opted out, it stands here."));
    m_open->setObjectName(QStringLiteral("suppressedOpen"));
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_open);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addLayout(row);
}

void SuppressedPane::focusList() {
    if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    m_list->setFocus(Qt::OtherFocusReason);
}

void SuppressedPane::showState() {
    m_list->showWhetherEmpty();
    m_open->setEnabled(m_list->currentIndex().isValid());
}

void SuppressedPane::openSelected() {
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid())
        Q_EMIT openConversationRequested(
            index.data(desk::SuppressedSendRole).value<desk::SuppressedSend>().conversation);
}

} // namespace longcode::schedule
