#pragma once

#include "desk/address_book.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace longcode::people {

class ContactForm;

/// One contact to be changed, or a new one. Stays open with a sentence when it cannot be kept, and asks
/// before it throws changes away. Deletes itself when closed. The address book outlives it. UI thread.
class ContactDialog final : public QDialog {
    Q_OBJECT
public:
    ContactDialog(desk::AddressBook &book, const contacts::Contact &contact, const phone::Region &home,
                  QWidget *parent = nullptr);

    void reject() override;

Q_SIGNALS:
    /// Kept; the dialog is closed.
    void saved(const longcode::contacts::ContactId &id);

private:
    void save();

    desk::AddressBook &m_book;
    ContactForm *m_form;
    QLabel *m_trouble;
    QPushButton *m_save = nullptr;
    bool m_askedOnce = false;
};

/// The contact that has this number, or a new one with it and `name`: what the dialog begins with.
[[nodiscard]] contacts::Contact contactFor(const desk::AddressBook &book, const phone::Address &number,
                                           const QString &name);

} // namespace longcode::people
