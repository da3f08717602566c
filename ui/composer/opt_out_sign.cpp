#include "composer/opt_out_sign.h"

#include "composer/toned_label.h"
#include "style/console_style.h"
#include "style/icons.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::composer {

namespace {

constexpr int signIcon = 22;

} // namespace

OptOutSign::OptOutSign(QWidget *parent)
    : QWidget(parent)
    , m_title(new TonedLabel(style::TextTone::Warn, this))
    , m_what(new TonedLabel(style::TextTone::Text, this))
    , m_lifted(new TonedLabel(style::TextTone::Muted, this))
    , m_others(new TonedLabel(style::TextTone::Muted, this))
    , m_note(new QPushButton(tr("Write a note"), this)) {
    setObjectName(QStringLiteral("optOutSign"));
    setAccessibleName(tr("This customer must not be texted"));
    m_title->setObjectName(QStringLiteral("optOutTitle"));
    m_title->setStrong();
    m_what->setObjectName(QStringLiteral("optOutText"));
    m_lifted->setObjectName(QStringLiteral("optOutLifted"));
    m_others->setObjectName(QStringLiteral("optOutOthers"));
    m_others->setTextSize(style::TextSize::Small);
    m_note->setObjectName(QStringLiteral("optOutNote"));
    m_note->setToolTip(tr("Colleagues see it, the customer does not"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 14 + signIcon, 24, 14);
    column->setSpacing(5);
    for (TonedLabel *label : {m_title, m_what, m_lifted, m_others}) {
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    column->addSpacing(4);
    column->addWidget(m_note, 0, Qt::AlignHCenter);
    connect(m_note, &QPushButton::clicked, this, &OptOutSign::noteRequested);
}

void OptOutSign::say(const desk::Block &block, bool hasOtherProfiles) {
    m_kind = block.kind;
    m_title->setText(block.title);
    m_what->setText(block.what);
    m_lifted->setText(block.howLifted);
    m_lifted->setVisible(!block.howLifted.isEmpty());
    m_others->setText(tr("Your other numbers are no way around this: who opted out does not want your texts. "
                         "Carriers block accounts that change numbers to reach them."));
    m_others->setVisible(hasOtherProfiles);
    setAccessibleDescription(block.title + u' ' + block.what + u' ' + block.howLifted);
    update();
}

void OptOutSign::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const QRectF place((width() - signIcon) / 2.0, 8, signIcon, signIcon);
    style::paintIcon(&painter, place,
                     m_kind == desk::BlockKind::TollFree ? style::IconName::Phone
                                                         : style::IconName::Prohibited,
                     style::tokensFor(this).warn);
}

} // namespace longcode::composer
