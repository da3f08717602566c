#include "schedule/opt_out_facts.h"

#include "composer/later.h"
#include "composer/toned_label.h"
#include "desk/opt_outs.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTimeZone>

namespace longcode::schedule {

OptOutFacts::OptOutFacts(desk::OptOuts &optOuts, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_optOuts(optOuts)
    , m_clock(clock)
    , m_words(new composer::TonedLabel(style::TextTone::Muted, this))
    , m_read(new QPushButton(this)) {
    setObjectName(QStringLiteral("optOutFacts"));
    m_words->setObjectName(QStringLiteral("optOutFactsWords"));
    m_read->setObjectName(QStringLiteral("readOptOuts"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_read, 0, Qt::AlignTop);
    connect(m_read, &QPushButton::clicked, &m_optOuts, &desk::OptOuts::synchronise);
    connect(&m_optOuts, &desk::OptOuts::synchronisationChanged, this, &OptOutFacts::showState);
    showState();
}

void OptOutFacts::showState() {
    const bool reading = m_optOuts.isSynchronising();
    m_read->setEnabled(!reading);
    m_read->setText(reading ? tr("Reading…") : tr("Read the list again"));
    const Failure trouble = m_optOuts.trouble();
    QString words;
    if (!m_optOuts.synchronisedAt().isValid())
        words = tr("Telnyx's list of opt-outs has not been read yet; what customers texted to you is known.");
    else
        words = tr("Opt-outs on Telnyx's list: %1. Read %2.", "number, moment")
                    .arg(m_optOuts.listed())
                    .arg(composer::momentInWords(m_optOuts.synchronisedAt(), QTimeZone::systemTimeZone(),
                                                 m_clock.now()));
    if (!trouble.what.isEmpty())
        words += u'\n' + trouble.what + u' ' + trouble.remedy;
    m_words->setText(words);
}

} // namespace longcode::schedule
