#include "composer/note_editor.h"

#include "composer/field_frame.h"
#include "composer/note_edit.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "team/mentions.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::composer {

NoteEditor::NoteEditor(desk::Team &team, desk::Outbox &outbox, QWidget *parent)
    : QWidget(parent)
    , m_team(team)
    , m_outbox(outbox)
    , m_edit(new NoteEdit(this))
    , m_hint(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, this))
    , m_add(new QPushButton(tr("Add note"), this)) {
    setObjectName(QStringLiteral("noteEditor"));
    m_edit->setObjectName(QStringLiteral("noteEdit"));
    m_edit->setAccessibleName(tr("Note"));
    m_hint->setObjectName(QStringLiteral("noteHint"));
    m_hint->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_add->setObjectName(QStringLiteral("addNoteButton"));
    style::setButtonKind(m_add, style::ButtonKind::Primary);
    auto *frame = new FieldFrame(m_edit, this);
    frame->setFill(FieldFill::Note);
    m_edit->viewport()->setAutoFillBackground(false); // the frame's colour shows through
    auto *row = new QHBoxLayout;
    row->addWidget(m_hint, 1);
    row->addWidget(m_add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(7);
    column->addWidget(frame);
    column->addLayout(row);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &NoteEditor::textChanged);
    connect(m_edit, &ComposerEdit::sendRequested, this, &NoteEditor::keep);
    connect(m_edit, &ComposerEdit::pasteRefused, this, [this](qsizetype length) {
        m_hint->setText(tr("What you pasted has %1 characters; a note holds at most %2. Nothing was pasted.")
                            .arg(length)
                            .arg(longestNote));
    });
    connect(m_add, &QPushButton::clicked, this, &NoteEditor::keep);
    connect(&m_team, &desk::Team::membersChanged, this, &NoteEditor::refreshTeam);
    connect(&m_team, &desk::Team::noteRefused, this, &NoteEditor::putBack);
    refreshTeam();
}

void NoteEditor::open(desk::ConversationId id) {
    m_id = id;
    load(id.isValid() ? m_outbox.noteDraft(id) : QString());
    m_edit->setEnabled(id.isValid());
}

void NoteEditor::load(const QString &text) {
    m_loading = true;
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    m_loading = false;
}

void NoteEditor::setSendKey(SendKey key) {
    m_edit->setSendKey(key);
}

void NoteEditor::focusText() {
    m_edit->setFocus(Qt::OtherFocusReason);
}

void NoteEditor::refreshTeam() {
    const bool team = m_team.isTeam();
    m_edit->setNames(team::othersIn(m_team));
    m_edit->setPlaceholderText(team ? tr("Write a note; @ mentions a colleague") : tr("Write a note"));
    showHint();
}

void NoteEditor::textChanged() {
    if (m_id.isValid() && !m_loading)
        m_outbox.keepNoteDraft(m_id, m_edit->toPlainText());
    showHint();
}

void NoteEditor::showHint() {
    const QString text = m_edit->toPlainText();
    const auto over = text.size() - longestNote;
    if (over > 0)
        m_hint->setText(tr("A note holds %1 characters: shorten it by %2.").arg(longestNote).arg(over));
    else if (m_team.isTeam())
        m_hint->setText(tr("Only your team sees this, never the customer"));
    else
        m_hint->setText(tr("Only you see this, never the customer"));
    m_add->setEnabled(m_id.isValid() && over <= 0 && !text.trimmed().isEmpty());
}

void NoteEditor::keep() {
    if (!m_add->isEnabled())
        return;
    const desk::ConversationId id = m_id;
    const QString text = m_edit->toPlainText().trimmed();
    m_edit->clear(); // before the team may refuse it at once and have it put back
    m_team.addNote(id, text, team::mentionedNames(text, team::othersIn(m_team)));
    Q_EMIT written(id);
}

void NoteEditor::putBack(desk::ConversationId id, const QString &text) {
    if (!id.isValid())
        return;
    const QString since = m_outbox.noteDraft(id);
    const QString back = since.isEmpty() ? text : text + u'\n' + since;
    m_outbox.keepNoteDraft(id, back);
    if (id == m_id)
        load(back);
}

} // namespace longcode::composer
