#include "inbox/fact_list.h"

#include <QGridLayout>

namespace longcode::inbox {

using style::ElidedLabel;
using style::TextSize;
using style::TextTone;

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
}

void FactList::addSection(const QString &title, QWidget *action) {
    auto *heading = new ElidedLabel(this);
    heading->setTextSize(TextSize::Tiny, style::TextWeight::Strong);
    heading->setTone(TextTone::Muted);
    QFont font = heading->font();
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    heading->setFont(font);
    heading->setText(title);
    const int row = m_grid->rowCount();
    if (!m_rows.isEmpty())
        m_grid->setRowMinimumHeight(row, 8);
    m_grid->addWidget(heading, row + 1, 0, 1, action ? 1 : 2);
    if (action)
        m_grid->addWidget(action, row + 1, 1, Qt::AlignRight | Qt::AlignVCenter);
}

void FactList::addFact(const QString &key, const QString &label) {
    const int row = m_grid->rowCount();
    auto *name = new ElidedLabel(TextSize::Small, TextTone::Muted, this);
    name->setText(label);
    name->setMinimumWidth(name->sizeHint().width());
    auto *value = new ElidedLabel(TextSize::Small, TextTone::Text, this);
    value->setObjectName(key);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(value, row, 1);
    m_rows.insert(key, {name, value});
}

void FactList::setFact(const QString &key, const QString &value, TextTone tone) {
    const Row row = m_rows.value(key);
    row.value->setText(value);
    row.value->setTone(tone);
    row.value->setAccessibleDescription(row.label->text());
    row.label->setVisible(!value.isEmpty());
    row.value->setVisible(!value.isEmpty());
}

} // namespace longcode::inbox
