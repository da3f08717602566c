#pragma once

#include "desk/account.h"

#include <QWidget>

class QFormLayout;
class QVBoxLayout;

namespace longcode::style {
class Banner;
}

namespace longcode::settings {

/// One step of connecting an account: fields, one question to the world, one sentence when the answer is no.
/// UI thread.
class SetupStep : public QWidget {
    Q_OBJECT
public:
    SetupStep(const QString &title, const QString &explanation, QWidget *parent = nullptr);

    /// Checks what was typed; ends in passed(), or in a sentence at the field concerned.
    virtual void submit() = 0;
    /// Forgets a question that is still open: its answer will change nothing.
    void abandon();
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void passed();
    void busyChanged(bool busy);

protected:
    [[nodiscard]] QVBoxLayout &column() { return *m_column; }
    /// From now on busy. The number returned is what isCurrent() wants to hear.
    [[nodiscard]] int ask();
    /// Whether the answer to that question still counts; then no longer busy.
    [[nodiscard]] bool answered(int question);
    /// Shows a sentence and puts the caret where it can be put right.
    void refuse(const Failure &failure, QWidget *field);
    void clearProblem();

private:
    void setBusy(bool busy);

    QVBoxLayout *m_column;
    style::Banner *m_problem;
    QWidget *m_fields;
    int m_question = 0;
    bool m_busy = false;
};

} // namespace longcode::settings
