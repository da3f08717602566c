#include "composer/undo_setting.h"

#include "desk/outbox.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace longcode::composer {

UndoSetting::UndoSetting(desk::Outbox &outbox, QWidget *parent)
    : QWidget(parent), m_outbox(outbox), m_choice(new QComboBox(this)) {
    setObjectName(QStringLiteral("undoSetting"));
    m_choice->setObjectName(QStringLiteral("undoWindow"));
    m_choice->addItem(tr("Off: a text leaves at once"), 0);
    for (const int seconds : {5, 10, 30, 60})
        m_choice->addItem(tr("Each text waits %1 seconds").arg(seconds), seconds);
    auto *label = new QLabel(tr("&Undo sending"), this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_choice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(label);
    row->addWidget(m_choice);
    row->addStretch(1);
    connect(m_choice, &QComboBox::activated, this,
            [this] { m_outbox.setUndoWindow(std::chrono::seconds(m_choice->currentData().toInt())); });
    connect(&m_outbox, &desk::Outbox::undoWindowChanged, this, &UndoSetting::showWindow);
    showWindow();
}

void UndoSetting::showWindow() {
    const int seconds = int(m_outbox.undoWindow().count());
    int place = m_choice->findData(seconds);
    if (place < 0) { // set elsewhere
        m_choice->addItem(tr("Each text waits %1 seconds").arg(seconds), seconds);
        place = m_choice->count() - 1;
    }
    m_choice->setCurrentIndex(place);
}

} // namespace longcode::composer
