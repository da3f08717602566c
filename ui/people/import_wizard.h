#pragma once

#include "desk/address_book.h"

#include <QWizard>

#include <optional>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace longcode::people {

/// Contacts from a CSV or vCard file: choose it, see what would become of every row, take it over, and take
/// it back if it was wrong. Nothing is changed before the last step. Deletes itself when closed. The address
/// book outlives it. UI thread.
class ImportWizard final : public QWizard {
    Q_OBJECT
public:
    ImportWizard(desk::AddressBook &book, const phone::Region &home, QWidget *parent = nullptr);

    /// As if a person had chosen it.
    void setFile(const QString &path);
    /// Not while contacts are being taken over: what came of it must be seen, and can be taken back there.
    void reject() override;
};

/// Which file.
class ImportFilePage final : public QWizardPage {
    Q_OBJECT
public:
    explicit ImportFilePage(QWidget *parent = nullptr);
    void setPath(const QString &path);
    [[nodiscard]] QString path() const;
    [[nodiscard]] bool isComplete() const override;

private:
    void choose();
    void showWhetherThere();

    QLineEdit *m_path;
    QLabel *m_problem;
};

/// What would become of its rows.
class ImportPreviewPage final : public QWizardPage {
    Q_OBJECT
public:
    ImportPreviewPage(desk::AddressBook &book, const phone::Region &home, QWidget *parent = nullptr);
    ~ImportPreviewPage() override;
    void initializePage() override;
    void cleanupPage() override;
    [[nodiscard]] bool isComplete() const override;

private:
    void show(const desk::ImportPreview &preview);
    void addTab(const QString &label, const QString &objectName, qint64 total,
                const QList<contacts::RowVerdict> &rows);
    void stop();
    void say(const QString &sentence);

    desk::AddressBook &m_book;
    phone::Region m_home;
    QFuture<Result<desk::ImportPreview, Failure>> m_reading;
    int m_attempt = 0;
    bool m_isReady = false;
    QLabel *m_said;
    QLabel *m_ended;
    QWidget *m_busy;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QTabWidget *m_tabs;
};

/// Takes it over and says what was done.
class ImportResultPage final : public QWizardPage {
    Q_OBJECT
public:
    explicit ImportResultPage(desk::AddressBook &book, QWidget *parent = nullptr);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override { return m_isOver; }

private:
    void undo();

    desk::AddressBook &m_book;
    bool m_isOver = false;
    QLabel *m_said;
    QProgressBar *m_busy;
    QPushButton *m_undo;
};

} // namespace longcode::people
