#include "shell/opening_page.h"

#include "settings/page_parts.h"
#include "style/console_style.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr int columnWidth = 460;

} // namespace

OpeningPage::OpeningPage(QWidget *parent)
    : QWidget(parent)
    , m_what(settings::heading({}, this))
    , m_remedy(settings::mutedText({}, this))
    , m_busy(new QProgressBar(this))
    , m_retry(new QPushButton(tr("&Try again"), this))
    , m_setUp(new QPushButton(tr("&Set up again"), this)) {
    setObjectName(QStringLiteral("openingPage"));
    m_what->setObjectName(QStringLiteral("openingWhat"));
    m_remedy->setObjectName(QStringLiteral("openingRemedy"));
    m_busy->setObjectName(QStringLiteral("openingBusy"));
    m_busy->setAccessibleName(tr("Opening"));
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_setUp->setObjectName(QStringLiteral("setUpButton"));
    style::setButtonKind(m_retry, style::ButtonKind::Primary);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    auto *middle = new QWidget(this);
    middle->setFixedWidth(columnWidth);
    auto *column = new QVBoxLayout(middle);
    column->setSpacing(10);
    for (QLabel *label : {m_what, m_remedy}) {
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    column->addWidget(m_busy);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_setUp);
    buttons->addWidget(m_retry);
    buttons->addStretch(1);
    column->addSpacing(8);
    column->addLayout(buttons);
    auto *page = new QVBoxLayout(this);
    page->addStretch(2);
    page->addWidget(middle, 0, Qt::AlignHCenter);
    page->addStretch(3);
    connect(m_retry, &QPushButton::clicked, this, &OpeningPage::retryRequested);
    connect(m_setUp, &QPushButton::clicked, this, &OpeningPage::setUpRequested);
    showBusy({});
}

void OpeningPage::showBusy(const QString &what) {
    m_what->setText(what);
    m_remedy->clear();
    m_busy->show();
    m_retry->hide();
    m_setUp->hide();
}

void OpeningPage::showFailure(const Failure &failure) {
    m_what->setText(failure.what);
    m_remedy->setText(failure.remedy);
    m_busy->hide();
    m_retry->show();
    m_setUp->show();
    m_retry->setFocus();
}

} // namespace longcode::shell
