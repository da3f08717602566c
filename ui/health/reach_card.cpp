#include "health/reach_card.h"

#include "composer/field_frame.h"
#include "settings/page_parts.h"
#include "style/chip.h"
#include "style/panel.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::health {

ReachCard::ReachCard(QWidget *parent) : QWidget(parent), m_ways(new QButtonGroup(this)) {
    setObjectName(QStringLiteral("reachCard"));
    QVBoxLayout *column = nullptr;
    style::Panel *card = settings::makeCard(tr("Make it reachable"), column, this);
    m_listens = settings::wrappedText({}, card);
    m_listens->setObjectName(QStringLiteral("reachListens"));
    column->addWidget(m_listens);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(6);
    for (const Snippet &snippet : snippetsFor({}, {})) {
        auto *chip = new style::Chip(snippet.name, card);
        chip->setObjectName(QStringLiteral("reach-%1").arg(snippet.key));
        m_ways->addButton(chip, int(m_ways->buttons().size()));
        ways->addWidget(chip);
    }
    m_ways->button(0)->setChecked(true);
    ways->addStretch(1);
    m_copy = new QPushButton(tr("Copy"), card);
    m_copy->setObjectName(QStringLiteral("copySnippet"));
    m_copy->setAccessibleName(tr("Copy this text"));
    ways->addWidget(m_copy);
    column->addLayout(ways);
    m_explanation = settings::mutedText({}, card);
    m_explanation->setObjectName(QStringLiteral("reachExplanation"));
    column->addWidget(m_explanation);
    m_text = new QPlainTextEdit(card);
    m_text->setObjectName(QStringLiteral("reachSnippet"));
    m_text->setAccessibleName(tr("Text to copy"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    column->addWidget(new composer::FieldFrame(m_text, card));
    column->addWidget(
        settings::mutedText(tr("Then close Longcode, write the public address into profile.json in "
                               "the account's folder, as “public_url” of the relay, and "
                               "start again. Set the address in the messaging profiles "
                               "above. “Test the way from Telnyx” shows whether it works."),
                            card));
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    connect(m_ways, &QButtonGroup::idClicked, this, &ReachCard::showSnippet);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
}

void ReachCard::setRelay(const QString &listen, const QUrl &publicUrl) {
    m_snippets = snippetsFor(listen, publicUrl);
    m_listens->setText(
        tr("The relay listens at %1 on this computer, where Telnyx cannot reach it. A proxy or a tunnel "
           "must pass on what arrives at /webhooks/telnyx.")
            .arg(listen));
    showSnippet(m_ways->checkedId());
}

void ReachCard::showSnippet(int index) {
    if (index < 0 || index >= m_snippets.size())
        return;
    const Snippet &snippet = m_snippets.at(index);
    m_explanation->setText(snippet.explanation);
    m_text->setPlainText(snippet.text);
    const auto lines = snippet.text.count(u'\n') + 1;
    m_text->setFixedHeight(int(lines) * m_text->fontMetrics().lineSpacing() + 22);
}

} // namespace longcode::health
