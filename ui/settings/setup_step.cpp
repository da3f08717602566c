#include "settings/setup_step.h"

#include "settings/page_parts.h"
#include "style/banner.h"

#include <QVBoxLayout>

namespace longcode::settings {

SetupStep::SetupStep(const QString &title, const QString &explanation, QWidget *parent)
    : QWidget(parent)
    , m_problem(new style::Banner(style::BannerTone::Danger, this))
    , m_fields(new QWidget(this)) {
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(10);
    page->addWidget(heading(title, this));
    page->addWidget(mutedText(explanation, this));
    m_column = new QVBoxLayout(m_fields);
    m_column->setContentsMargins(0, 6, 0, 0);
    m_column->setSpacing(8);
    page->addWidget(m_fields);
    m_problem->setObjectName(QStringLiteral("setupProblem"));
    m_problem->hide();
    page->addWidget(m_problem);
    page->addStretch(1);
}

void SetupStep::abandon() {
    ++m_question;
    setBusy(false);
    clearProblem();
}

QString SetupStep::problem() const {
    return m_problem->text();
}

int SetupStep::ask() {
    clearProblem();
    setBusy(true);
    return ++m_question;
}

bool SetupStep::answered(int question) {
    if (question != m_question)
        return false;
    setBusy(false);
    return true;
}

void SetupStep::refuse(const Failure &failure, QWidget *field) {
    m_problem->setText(inOneLine(failure));
    m_problem->show();
    if (field)
        field->setFocus(Qt::OtherFocusReason);
}

void SetupStep::clearProblem() {
    m_problem->setText({});
    m_problem->hide();
}

void SetupStep::setBusy(bool busy) {
    m_fields->setEnabled(!busy);
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged(busy);
}

} // namespace longcode::settings
