#include "shell/shortcuts_dialog.h"

#include "settings/page_parts.h"
#include "style/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr QSize tableSize(520, 600);

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<palette::Command> &commands, QWidget *parent) : QDialog(parent) {
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("shortcutsScroll"));
    scroll->setAccessibleName(tr("Keyboard shortcuts"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *table = new QWidget(scroll);
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(22, 18, 22, 8);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    QString path;
    int row = 0;
    for (const palette::Command &command : commands) {
        if (command.keys.isEmpty())
            continue;
        if (row == 0 || command.path != path) {
            path = command.path;
            QLabel *head = settings::wrappedText(path, table);
            head->setFont(style::textFont(head->font(), style::TextSize::Body, style::TextWeight::Strong));
            head->setContentsMargins(0, row == 0 ? 0 : 10, 0, 0);
            grid->addWidget(head, row++, 0, 1, 2);
        }
        grid->addWidget(settings::wrappedText(command.title, table), row, 0);
        auto *keys = settings::mutedText(command.keys, table);
        keys->setWordWrap(false);
        grid->addWidget(keys, row++, 1);
    }
    grid->setRowStretch(row, 1);
    scroll->setWidget(table);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeShortcutsButton"));
    buttons->setContentsMargins(22, 8, 22, 18);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    resize(tableSize);
}

} // namespace longcode::shell
