#pragma once

#include "base/clock.h"
#include "base/failure.h"
#include "desk/values.h"
#include "rules/quiet_hours.h"

#include <QDialog>

class QComboBox;
class QDateEdit;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTimeEdit;
class QVBoxLayout;

namespace longcode::desk {
class Schedule;
}

namespace longcode::composer {

class TonedLabel;
struct LocalMoment;

/// What is to be sent later, and to whom.
struct LaterSubject {
    desk::Conversation conversation;
    QString text;
    QDateTime at; ///< UTC, of one that is being changed; else invalid
    rules::MessageKind kind = rules::MessageKind::Conversation;
};

/// Asks when a text is to be sent, on the customer's clock with the person's own beside it; says what stands
/// in the way and what follows. Changing one that waits, it asks for the text too, and stays open until the
/// owner says how the change went. Window-modal; deletes itself when closed. Schedule and clock outlive it.
/// UI thread.
class SendLaterDialog final : public QDialog {
    Q_OBJECT
public:
    SendLaterDialog(desk::Schedule &schedule, const Clock &clock, const LaterSubject &subject,
                    QWidget *parent = nullptr);

    /// As the pickers stand, UTC.
    [[nodiscard]] QDateTime moment() const;
    /// The change was not made: says why, and can be tried again. After one that was made the owner calls
    /// accept().
    void changeFailed(const Failure &why);
    /// Asks once before an edited text is thrown away.
    void reject() override;

Q_SIGNALS:
    /// A change is under way from here on; what is new has closed the dialog.
    void chosen(const QDateTime &at, const QString &text);

private:
    void build();
    QWidget *buildQuickTimes();
    QWidget *buildPickers();
    void buildText(QVBoxLayout *column);
    void buildWords(QVBoxLayout *column);
    void fillZones();
    void setMoment(const QDateTime &utc);
    void zoneChanged();
    void pickersChanged();
    void showQuiet(const QDateTime &at);
    [[nodiscard]] LocalMoment picked() const;
    [[nodiscard]] QByteArray zone() const;
    [[nodiscard]] bool isChange() const { return m_subject.at.isValid(); }
    void confirm();
    void setChanging(bool changing);

    desk::Schedule &m_schedule;
    const Clock &m_clock;
    LaterSubject m_subject;
    QByteArray m_zone; ///< of the moment the pickers show
    QDateEdit *m_date;
    QTimeEdit *m_time;
    QComboBox *m_zones;
    QPlainTextEdit *m_text = nullptr;
    QLabel *m_segments = nullptr;
    QLabel *m_when = nullptr;
    QLabel *m_fate = nullptr;
    QLabel *m_kept = nullptr;
    QLabel *m_quiet = nullptr;
    QLabel *m_obstacle = nullptr;
    TonedLabel *m_answer = nullptr; ///< to what the person did last
    QList<QWidget *> m_choices;     ///< of the moment
    QPushButton *m_confirm = nullptr;
    bool m_isChanging = false; ///< the owner makes the change
    bool m_askedOnce = false;  ///< whether the text is to be thrown away
};

} // namespace longcode::composer
