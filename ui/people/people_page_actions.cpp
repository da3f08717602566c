#include "base/when_finished.h"
#include "people/contact_card.h"
#include "people/contact_dialog.h"
#include "people/contact_words.h"
#include "people/import_wizard.h"
#include "people/merge_dialog.h"
#include "people/people_page.h"
#include "settings/page_parts.h"
#include "style/banner.h"
#include "style/plain_text.h"

#include <QAction>
#include <QFileDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

// What the contacts page does, by menu and button.
namespace longcode::people {

QAction *PeoplePage::addPageAction(const QString &text, const QKeySequence &key, const QString &objectName) {
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action); // the key works without a menu
    m_actions.append(action);
    return action;
}

void PeoplePage::buildActions() {
    const auto keys = [](int key) { return QKeySequence(int(Qt::CTRL) | int(Qt::SHIFT) | key); };
    QAction *add = addPageAction(tr("&New contact…"), keys(Qt::Key_A), QStringLiteral("newContactAction"));
    m_edit =
        addPageAction(tr("&Edit contact…"), QKeySequence(Qt::Key_F2), QStringLiteral("editContactAction"));
    m_remove = addPageAction(tr("&Delete contact…"), QKeySequence(Qt::CTRL | Qt::Key_Delete),
                             QStringLiteral("deleteContactAction"));
    QAction *bring =
        addPageAction(tr("&Import contacts…"), keys(Qt::Key_I), QStringLiteral("importContactsAction"));
    QAction *csv = addPageAction(tr("Export as &CSV…"), keys(Qt::Key_E), QStringLiteral("exportCsvAction"));
    QAction *cards =
        addPageAction(tr("Export as &vCard…"), keys(Qt::Key_V), QStringLiteral("exportVCardAction"));
    QAction *duplicates =
        addPageAction(tr("Find du&plicates…"), keys(Qt::Key_D), QStringLiteral("duplicatesAction"));
    m_undo = addPageAction(tr("&Undo the last import or merge"), keys(Qt::Key_Z),
                           QStringLiteral("undoContactsAction"));
    connect(add, &QAction::triggered, this, &PeoplePage::newContact);
    connect(m_edit, &QAction::triggered, this, qOverload<>(&PeoplePage::edit));
    connect(m_remove, &QAction::triggered, this, &PeoplePage::remove);
    connect(bring, &QAction::triggered, this, &PeoplePage::importFile);
    connect(csv, &QAction::triggered, this, [this] { askExport(desk::ContactFormat::Csv); });
    connect(cards, &QAction::triggered, this, [this] { askExport(desk::ContactFormat::VCard); });
    connect(duplicates, &QAction::triggered, this, &PeoplePage::findDuplicates);
    connect(m_undo, &QAction::triggered, this, &PeoplePage::undo);
}

void PeoplePage::newContact() {
    edit(contacts::Contact());
}

void PeoplePage::edit() {
    if (const std::optional<contacts::Contact> contact = m_book.contact(m_current))
        edit(*contact);
}

void PeoplePage::edit(const contacts::Contact &contact) {
    auto *dialog = new ContactDialog(m_book, contact, m_account.homeRegion(), this);
    connect(dialog, &ContactDialog::saved, this, &PeoplePage::openContact);
    dialog->open();
}

void PeoplePage::remove() {
    const std::optional<contacts::Contact> contact = m_book.contact(m_current);
    if (!contact)
        return;
    auto *question = new QMessageBox(this);
    question->setObjectName(QStringLiteral("deleteContactQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::NoIcon);
    question->setWindowTitle(tr("Delete contact"));
    question->setText(tr("Delete %1?").arg(style::isolated(titleOf(*contact, m_account.homeRegion()))));
    question->setInformativeText(
        tr("Name, numbers, note and fields of this contact are removed. The conversations stay, with the "
           "number in place of the name. This cannot be undone."));
    QPushButton *yes = question->addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("confirmDeleteButton"));
    QPushButton *no = question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(no);
    style::showAsPlainText(*question);
    connect(yes, &QPushButton::clicked, this, &PeoplePage::removeNow);
    question->open();
}

void PeoplePage::removeNow() {
    whenFinished(m_book.remove(m_current), this, [this](const Result<bool, Failure> &answer) {
        if (!answer)
            complain(answer.error());
    });
}

void PeoplePage::importFile() {
    auto *wizard = new ImportWizard(m_book, m_account.homeRegion(), this);
    wizard->open();
}

void PeoplePage::findDuplicates() {
    const QList<QList<contacts::ContactId>> groups = m_book.likelyDuplicates();
    if (groups.isEmpty()) {
        say(tr("No two contacts look like the same person."));
        return;
    }
    auto *dialog = new MergeDialog(m_book, groups, m_account.homeRegion(), this);
    connect(dialog, &MergeDialog::merged, this, &PeoplePage::openContact);
    dialog->open();
}

void PeoplePage::askExport(desk::ContactFormat format) {
    const bool csv = format == desk::ContactFormat::Csv;
    auto *dialog = new QFileDialog(this, tr("Export contacts"));
    dialog->setObjectName(QStringLiteral("exportContactsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(csv ? tr("CSV files (*.csv)") : tr("vCard files (*.vcf)"));
    dialog->setDefaultSuffix(csv ? QStringLiteral("csv") : QStringLiteral("vcf"));
    dialog->selectFile(csv ? tr("contacts.csv") : tr("contacts.vcf"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString &path) { exportTo(path, format); });
    dialog->open();
}

void PeoplePage::exportTo(const QString &path, desk::ContactFormat format) {
    whenFinished(m_book.exportTo(path, format), this, [this, path](const Result<int, Failure> &answer) {
        if (answer)
            say(tr("%n contacts were written to %1.", nullptr, *answer).arg(style::isolated(path)));
        else
            complain(answer.error());
    });
}

void PeoplePage::undo() {
    m_undo->setEnabled(false);
    whenFinished(m_book.undoLast(), this, [this](const Result<QString, Failure> &answer) {
        refresh();
        if (answer)
            say(*answer);
        else
            complain(answer.error());
    });
}

void PeoplePage::say(const QString &sentence) {
    m_trouble->hide();
    m_said->setText(sentence);
    m_said->show();
}

void PeoplePage::complain(const Failure &failure) {
    m_said->hide();
    m_trouble->setText(settings::inOneLine(failure));
    m_trouble->show();
}

} // namespace longcode::people
