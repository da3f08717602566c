#include "composer/canned_fill.h"

#include "composer/toned_label.h"
#include "style/console_style.h"
#include "style/plain_text.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::composer {

namespace {

constexpr int longestValue = 200;
constexpr int longestPreview = 240;

} // namespace

CannedFill::CannedFill(QWidget *parent)
    : Panel(style::Fill::Raised, parent)
    , m_preview(new TonedLabel(style::TextTone::Muted, this))
    , m_segments(new TonedLabel(style::TextTone::Muted, this))
    , m_insert(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("cannedFill"));
    setAccessibleName(tr("Fill in the text"));
    setRadius(7);
    m_preview->setObjectName(QStringLiteral("cannedFillPreview"));
    m_segments->setObjectName(QStringLiteral("cannedFillSegments"));
    for (TonedLabel *label : {m_preview, m_segments})
        label->setTextSize(style::TextSize::Small);
    m_insert->setObjectName(QStringLiteral("cannedFillInsert"));
    m_cancel->setObjectName(QStringLiteral("cannedFillCancel"));
    style::setButtonKind(m_insert, style::ButtonKind::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_segments, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_insert);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 9, 10, 9);
    column->setSpacing(7);
    column->addWidget(m_preview);
    column->addLayout(buttons);
    connect(m_insert, &QPushButton::clicked, this, &CannedFill::finish);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        dismiss();
        Q_EMIT left();
    });
    hide();
}

void CannedFill::clearFields() {
    delete m_form;
    m_form = nullptr;
    m_fields.clear();
}

void CannedFill::ask(const QString &text, const desk::CannedValues &values, const SenderTerms &terms,
                     Purpose purpose) {
    clearFields();
    m_text = text;
    m_values = values;
    m_terms = terms;
    m_purpose = purpose;
    m_order = desk::expand(text, values).missing;
    m_insert->setText(purpose == Purpose::Insert ? tr("Insert") : tr("Fill in"));
    m_form = new QWidget(this);
    auto *form = new QFormLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(5);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const QString &key : std::as_const(m_order)) {
        auto *field = new QLineEdit(m_form);
        field->setObjectName(QStringLiteral("fill_") + key);
        field->setMaxLength(longestValue);
        auto *label = new TonedLabel(style::TextTone::Text, m_form);
        label->setTextSize(style::TextSize::Small);
        label->setText(style::singleLine(desk::variableInWords(key)));
        label->setBuddy(field);
        field->setAccessibleName(label->text());
        form->addRow(label, field);
        m_fields.insert(key, field);
        connect(field, &QLineEdit::textChanged, this, &CannedFill::changed);
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_form);
    QWidget *before = m_fields.value(m_order.value(0));
    for (const QString &key : std::as_const(m_order)) {
        setTabOrder(before, m_fields.value(key));
        before = m_fields.value(key);
    }
    setTabOrder(before, m_insert);
    setTabOrder(m_insert, m_cancel);
    changed();
    show();
    if (!m_order.isEmpty())
        m_fields.value(m_order.first())->setFocus(Qt::OtherFocusReason);
}

desk::CannedExpansion CannedFill::expansion() const {
    QHash<QString, QString> given;
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it)
        given.insert(it.key(), it.value()->text());
    return desk::expand(m_text, m_values, given);
}

void CannedFill::changed() {
    const desk::CannedExpansion now = expansion();
    QString shown = style::displayLine(now.text);
    if (shown.size() > longestPreview)
        shown = shown.left(longestPreview) + u'…';
    m_preview->setText(shown);
    m_segments->setText(now.missing.isEmpty()
                            ? figuresOf(now.text, m_terms).segments
                            : tr("%n left to fill in", "variables", int(now.missing.size())));
    m_insert->setEnabled(now.missing.isEmpty());
}

void CannedFill::finish() {
    const desk::CannedExpansion now = expansion();
    if (!now.missing.isEmpty()) {
        m_fields.value(now.missing.first())->setFocus(Qt::OtherFocusReason);
        return;
    }
    const Purpose purpose = m_purpose;
    dismiss();
    Q_EMIT filled(now.text, purpose);
}

void CannedFill::dismiss() {
    hide();
}

void CannedFill::sourceChanged() {
    if (m_purpose == Purpose::Replace)
        dismiss();
}

void CannedFill::keyPressEvent(QKeyEvent *event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        m_cancel->click();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cancel->hasFocus())
            m_cancel->click();
        else
            finish(); // goes to the next empty field while there is one
        return;
    default:
        Panel::keyPressEvent(event);
    }
}

} // namespace longcode::composer
