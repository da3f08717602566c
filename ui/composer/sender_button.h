#pragma once

#include "desk/account.h"

#include <QToolButton>

namespace longcode::composer {

/// "Sales +1 415-555-0100", as a person reads a sender.
[[nodiscard]] QString senderInWords(const desk::Sender &sender);

/// "From Sales +1 415-555-0100": shows the sender and offers the account's others. UI thread.
class SenderButton : public QToolButton {
    Q_OBJECT
public:
    explicit SenderButton(desk::Account &account, QWidget *parent = nullptr);

    /// An address that is not among the account's senders is shown and named as gone.
    void setCurrent(const phone::Address &own);
    [[nodiscard]] const phone::Address &current() const { return m_current; }
    /// The account's entry of the current address, if it has one.
    [[nodiscard]] std::optional<desk::Sender> currentSender() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    /// A person chose another sender. Never emitted by setCurrent().
    void chosen(const longcode::phone::Address &own);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showCurrent();
    void fillMenu();

    desk::Account &m_account;
    phone::Address m_current;
    QString m_name;
};

} // namespace longcode::composer
