#include "settings/canned_dialog.h"

#include "composer/field_frame.h"
#include "composer/figures.h"
#include "composer/toned_label.h"
#include "desk/canned.h"
#include "settings/page_parts.h"
#include "style/console_style.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::settings {

namespace {

constexpr int longestCannedName = 80;
constexpr int longestCannedText = 1530; ///< ten segments of GSM-7

} // namespace

CannedDialog::CannedDialog(const desk::CannedReply &reply, const QStringList &folders, QWidget *parent)
    : QDialog(parent)
    , m_reply(reply)
    , m_folder(new QComboBox(this))
    , m_title(new QLineEdit(reply.title, this))
    , m_text(new QPlainTextEdit(reply.text, this))
    , m_segments(mutedText({}, this))
    , m_variables(mutedText({}, this))
    , m_trap(new composer::TonedLabel(style::TextTone::Warn, this)) {
    setObjectName(QStringLiteral("cannedDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(reply.id.isEmpty() ? tr("New canned reply") : tr("Canned reply"));
    build(folders);
    connect(m_title, &QLineEdit::textChanged, this, &CannedDialog::changed);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CannedDialog::changed);
    connect(m_save, &QPushButton::clicked, this, &CannedDialog::save);
    changed();
    m_title->setFocus();
}

void CannedDialog::build(const QStringList &folders) {
    m_folder->setObjectName(QStringLiteral("cannedFolder"));
    m_folder->setEditable(true);
    m_folder->addItems(folders);
    m_folder->setCurrentText(m_reply.folder);
    m_folder->lineEdit()->setObjectName(QStringLiteral("cannedFolderEdit"));
    m_folder->lineEdit()->setMaxLength(longestCannedName);
    m_title->setObjectName(QStringLiteral("cannedTitle"));
    m_title->setMaxLength(longestCannedName);
    m_title->setMinimumWidth(420);
    m_text->setObjectName(QStringLiteral("cannedText"));
    m_text->setAccessibleName(tr("Text"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 6 + 10);
    m_segments->setObjectName(QStringLiteral("cannedSegments"));
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&Title"), m_title);
    form->addRow(tr("&Folder (may be empty)"), m_folder);
    auto *label = new QLabel(tr("T&ext"), this);
    label->setBuddy(m_text);
    form->addRow(label, new composer::FieldFrame(m_text, this));
    m_variables->setObjectName(QStringLiteral("cannedVariables"));
    m_trap->setObjectName(QStringLiteral("cannedTrap"));
    form->addRow(m_segments);
    form->addRow(m_variables);
    form->addRow(m_trap);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("cannedSave"));
    m_save->setDefault(true);
    style::setButtonKind(m_save, style::ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(14);
    column->addLayout(form);
    column->addWidget(buttons);
}

void CannedDialog::changed() {
    const QString text = m_text->toPlainText();
    const auto over = text.size() - longestCannedText;
    if (over > 0)
        m_segments->setText(
            tr("A canned reply holds %1 characters: shorten it by %2.").arg(longestCannedText).arg(over));
    else
        m_segments->setText(text.trimmed().isEmpty() ? tr("Everybody in the team can insert it with “/”.")
                                                     : composer::figuresOf(text, {}).segments);
    QStringList names;
    for (const desk::CannedVariable &variable : desk::variablesIn(text)) {
        if (const QString name = desk::variableInWords(variable.key); !names.contains(name))
            names.append(name);
    }
    m_variables->setText(names.isEmpty()
                             ? tr("{{first_name}}, {{name}}, {{number}}, {{agent}}, {{my_number}}, "
                                  "{{date}} and {{time}} are filled in; any other name in braces is "
                                  "asked for.")
                             : tr("Filled in for each customer: %1.").arg(names.join(QStringLiteral(", "))));
    const QString trap = desk::trapWord(text);
    m_trap->setText(trap.isEmpty() ? QString() : desk::trapInWords(trap));
    m_trap->setVisible(!trap.isEmpty());
    m_save->setEnabled(over <= 0 && !text.trimmed().isEmpty() && !m_title->text().trimmed().isEmpty());
}

void CannedDialog::save() {
    m_reply.folder = m_folder->currentText().simplified();
    m_reply.title = m_title->text().simplified();
    m_reply.text = m_text->toPlainText().trimmed();
    Q_EMIT saved(m_reply);
    accept();
}

} // namespace longcode::settings
