#include "composer/composer.h"
#include "composer/composer_edit.h"
#include "composer/encoding_notice.h"
#include "composer/field_frame.h"
#include "composer/segment_meter.h"
#include "composer/sender_button.h"
#include "style/banner.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

// The composer's widgets: building them, and putting what is known into words. What it does is in
// composer.cpp.
namespace longcode::composer {

namespace {

QLabel *plainLabel(const QString &name, style::TextTone tone, style::TextWeight weight, QWidget *parent) {
    auto *label = new style::ElidedLabel(style::TextSize::Small, tone, parent);
    label->setTextSize(style::TextSize::Small, weight);
    label->setObjectName(name);
    return label;
}

QString inOneLine(const Failure &failure) {
    return failure.remedy.isEmpty() ? failure.what : failure.what + u' ' + failure.remedy;
}

} // namespace

Composer::Composer(desk::Outbox &outbox, desk::Account &account, QWidget *parent)
    : QWidget(parent), m_outbox(outbox), m_account(account), m_pages(new QStackedLayout(this)) {
    setObjectName(QStringLiteral("composer"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_pages->addWidget(buildDesk());
    m_pages->addWidget(buildSign());
    connect(m_edit, &ComposerEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit, &ComposerEdit::sendRequested, this, &Composer::send);
    connect(m_edit, &ComposerEdit::pasteRefused, this,
            [this](const QString &sentence) { refuse({sentence, {}}); });
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_notice, &EncodingNoticeBar::replaceRequested, this, [this] {
        m_edit->replaceForcing();
        focusText();
    });
    connect(m_sender, &SenderButton::chosen, this, [this](const phone::Address &own) {
        if (m_conversation)
            m_outbox.setSender(m_conversation->id, own);
    });
    connect(&m_account, &desk::Account::sendersChanged, this, [this] {
        if (m_conversation)
            refresh(desk::Conversation(*m_conversation));
    });
    setSendKey(SendKey::Enter);
    colour();
    close();
}

QWidget *Composer::buildDesk() {
    auto *desk = new QWidget(this);
    auto *column = new QVBoxLayout(desk);
    column->setContentsMargins(14, 9, 14, 10);
    column->setSpacing(7);

    m_problem = new style::Banner(style::BannerTone::Danger, desk);
    m_problem->setObjectName(QStringLiteral("composerProblem"));
    m_problem->hide();
    column->addWidget(m_problem);
    m_notice = new EncodingNoticeBar(desk);
    column->addWidget(m_notice);

    auto *tools = new QHBoxLayout;
    tools->addStretch(1);
    m_sender = new SenderButton(m_account, desk);
    tools->addWidget(m_sender);
    column->addLayout(tools);

    m_edit = new ComposerEdit(desk);
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_edit->setAccessibleName(tr("Message text"));
    m_edit->setPlaceholderText(tr("Write a text message"));
    column->addWidget(new FieldFrame(m_edit, desk));
    column->addWidget(buildFigures());
    m_alternativeRow = new QHBoxLayout;
    column->addLayout(m_alternativeRow);
    return desk;
}

QWidget *Composer::buildFigures() {
    auto *figures = new QWidget(this);
    m_figureRow = new QHBoxLayout(figures);
    m_figureRow->setContentsMargins(0, 0, 0, 0);
    m_figureRow->setSpacing(10);
    m_meter = new SegmentMeter(figures);
    m_meter->setObjectName(QStringLiteral("segmentMeter"));
    m_meter->setAccessibleName(tr("Segments"));
    m_segments =
        plainLabel(QStringLiteral("segmentCount"), style::TextTone::Text, style::TextWeight::Strong, figures);
    m_detail = plainLabel(QStringLiteral("segmentDetail"), style::TextTone::Muted, style::TextWeight::Normal,
                          figures);
    m_cost =
        plainLabel(QStringLiteral("segmentCost"), style::TextTone::Muted, style::TextWeight::Normal, figures);
    m_alternativeGroup = new QWidget(figures);
    auto *group = new QHBoxLayout(m_alternativeGroup);
    group->setContentsMargins(0, 0, 0, 0);
    group->setSpacing(4);
    m_alternative = plainLabel(QStringLiteral("smartEncodingHint"), style::TextTone::Muted,
                               style::TextWeight::Normal, m_alternativeGroup);
    m_alternativeValue = plainLabel(QStringLiteral("smartEncodingValue"), style::TextTone::Accent,
                                    style::TextWeight::Strong, m_alternativeGroup);
    group->addWidget(m_alternative);
    group->addWidget(m_alternativeValue);
    group->addStretch(1);
    m_send = new QPushButton(tr("Send"), figures);
    // The key stands behind the word.
    m_send->setLayoutDirection(isRightToLeft() ? Qt::LeftToRight : Qt::RightToLeft);
    m_send->setIcon(style::icon(style::IconName::KeyboardReturn, style::IconTone::OnAccent));
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setAccessibleName(tr("Send"));
    style::setButtonKind(m_send, style::ButtonKind::Primary);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_meter, m_segments, m_detail, m_cost, m_alternativeGroup})
        m_figureRow->addWidget(widget);
    m_figureRow->addStretch(1);
    m_figureRow->addWidget(m_send);
    return figures;
}

QWidget *Composer::buildSign() {
    m_sign = new QWidget(this);
    m_sign->setObjectName(QStringLiteral("optOutSign"));
    auto *column = new QVBoxLayout(m_sign);
    column->setContentsMargins(24, 18, 24, 20);
    column->setSpacing(4);
    column->addStretch(1);
    m_signTitle = new QLabel(m_sign);
    m_signTitle->setObjectName(QStringLiteral("optOutTitle"));
    m_signText = new QLabel(m_sign);
    m_signText->setObjectName(QStringLiteral("optOutText"));
    for (QLabel *label : {m_signTitle, m_signText}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch(1);
    return m_sign;
}

void Composer::showFigures() {
    m_edit->setMarks(m_figures.diagnosis.forcing, m_figures.notice.highlighted,
                     m_figures.excess ? m_figures.excess->start : -1);
    m_meter->setFills(m_figures.fills);
    const bool empty = m_figures.counted.segments == 0;
    m_meter->setVisible(!empty);
    m_segments->setText(empty ? QString() : m_figures.segments);
    m_detail->setText(m_figures.detail);
    m_cost->setText(m_figures.cost);
    m_cost->setToolTip(m_terms.price.learned
                           ? tr("From what this account last paid for such a message")
                           : tr("From the published sample rate; carriers' fees come on top"));
    m_alternative->setText(m_figures.alternative);
    m_alternativeValue->setText(m_figures.alternativeValue);
    QStringList spoken{m_figures.segments, m_figures.detail, m_figures.cost};
    spoken.removeAll(QString());
    m_meter->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    placeAlternative();
    m_notice->say(m_figures.notice);
    showProblems();
}

void Composer::showProblems() {
    const bool blank = text().trimmed().isEmpty();
    m_send->setEnabled(m_conversation && !m_obstacle && !m_figures.excess && !blank);
    QString sentence;
    if (!m_refusal.what.isEmpty())
        sentence = inOneLine(m_refusal);
    else if (m_obstacle)
        sentence = inOneLine(m_obstacle->sentence);
    else if (m_figures.excess)
        sentence = m_figures.excess->sentence;
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void Composer::showSign() {
    const bool refusesTexts = m_obstacle && m_obstacle->kind == desk::SendProblemKind::OptedOut;
    const bool optedOut = m_conversation && (m_conversation->optOut || refusesTexts);
    m_pages->setCurrentIndex(optedOut ? 1 : 0);
    updateGeometry();
    if (!optedOut)
        return;
    if (m_conversation->optOut)
        m_signTitle->setText(tr("This customer opted out: %1 on %2")
                                 .arg(m_conversation->optOut->keyword,
                                      QLocale().toString(m_conversation->optOut->since.toLocalTime(),
                                                         tr("d MMM yyyy, HH:mm", "moment of an opt-out"))));
    else
        m_signTitle->setText(tr("This customer opted out"));
    m_signText->setText(refusesTexts ? inOneLine(m_obstacle->sentence)
                                     : tr("They must not be texted from this number until they text START."));
}

void Composer::placeAlternative() {
    const bool offered = !m_figures.alternative.isEmpty();
    m_alternativeGroup->setVisible(offered);
    if (!offered)
        return;
    int needed =
        m_send->sizeHint().width() + m_alternativeGroup->sizeHint().width() + m_meter->sizeHint().width();
    for (const QLabel *label : {m_segments, m_detail, m_cost})
        needed += label->sizeHint().width();
    needed += m_figureRow->spacing() * 6 + 28;
    const bool fits = needed <= width();
    const bool above = m_figureRow->indexOf(m_alternativeGroup) >= 0;
    if (fits == above)
        return;
    if (fits)
        m_figureRow->insertWidget(4, m_alternativeGroup);
    else
        m_alternativeRow->addWidget(m_alternativeGroup);
}

void Composer::colour() {
    const style::Tokens &tokens = style::tokensFor(this);
    const auto ink = [this](QLabel *label, const QColor &color, style::TextWeight weight) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, color);
        label->setPalette(palette);
        label->setFont(style::textFont(font(), style::TextSize::Body, weight));
    };
    ink(m_signTitle, tokens.warn, style::TextWeight::Strong);
    ink(m_signText, tokens.muted, style::TextWeight::Normal);
    m_edit->setMarkColors(tokens.warn, tokens.danger);
    update();
}

void Composer::changeEvent(QEvent *event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        colour();
    QWidget::changeEvent(event);
}

void Composer::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    placeAlternative();
}

void Composer::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(0, 0, width(), 1, tokens.border);
}

} // namespace longcode::composer
