#include "inbox/bulk_bar.h"

#include "inbox/list_actions.h"
#include "style/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace longcode::inbox {

namespace {

/// A button that does what an action does, without its words: those are in its tool tip.
QToolButton *iconButton(QAction *action, QWidget *parent) {
    auto *button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("bulk_") + action->objectName());
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconSize({18, 18});
    button->setFocusPolicy(Qt::TabFocus);
    const auto follow = [button, action] {
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
        button->setAccessibleName(action->text());
        button->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

} // namespace

BulkBar::BulkBar(const ListActions &actions, QWidget *parent)
    : Panel(style::Fill::AccentSoft, parent), m_words(new QLabel(this)) {
    setObjectName(QStringLiteral("bulkBar"));
    m_words->setObjectName(QStringLiteral("bulkCount"));
    m_words->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(2);
    row->addWidget(m_words, 1);
    for (QAction *action :
         {actions.closing(), actions.reading(), actions.pinning(), actions.snoozing(), actions.assigning()})
        row->addWidget(iconButton(action, this));
    auto *clear = new QToolButton(this);
    clear->setObjectName(QStringLiteral("bulkClear"));
    clear->setIcon(style::icon(style::IconName::Close, style::IconTone::Muted));
    clear->setIconSize({16, 16});
    clear->setAccessibleName(tr("Select none"));
    clear->setToolTip(tr("Select none (Esc)"));
    connect(clear, &QToolButton::clicked, this, &BulkBar::clearRequested);
    row->addWidget(clear);
}

void BulkBar::setCount(int count) {
    m_words->setText(tr("%n selected", "conversations", count));
    setAccessibleName(m_words->text());
    setVisible(count > 1);
}

} // namespace longcode::inbox
